package emporion.chassis.data;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Figures that are read from the database when somebody looks at the metrics. */
public final class Gauges {
  private Gauges() {}

  /** Not a number while the database is away: the other metrics are still wanted then. */
  public static <T> Function<T, Double> orNaN(ToDoubleFunction<T> figure) {
    return source -> {
      try {
        return figure.applyAsDouble(source);
      } catch (Throwable e) {
        return Double.NaN;
      }
    };
  }
}
