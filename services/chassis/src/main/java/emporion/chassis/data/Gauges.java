package emporion.chassis.data;

import java.util.function.DoubleSupplier;

/** Figures that are read from the database when somebody looks at the metrics. */
public final class Gauges {
  private Gauges() {}

  /** Not a number while the database is away: the other metrics are still wanted then. */
  public static double orNaN(DoubleSupplier figure) {
    try {
      return figure.getAsDouble();
    } catch (Throwable e) {
      return Double.NaN;
    }
  }
}
