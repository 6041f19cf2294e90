package emporion.chassis.data;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Figures that are read from the database when somebody looks at the metrics. */
public final class Gauges {
  private static final long FRESH = Duration.ofMillis(500).toNanos();

  private Gauges() {}

  /** Not a number while the database is away: the other metrics are still wanted then. */
  public static double orNaN(DoubleSupplier figure) {
    try {
      return figure.getAsDouble();
    } catch (Throwable e) {
      return Double.NaN;
    }
  }

  /** One reading for all gauges that are looked at together: it is repeated after half a second. */
  public static <T> Supplier<T> shared(Supplier<T> reading) {
    var last = new AtomicReference<Reading<T>>();
    return () -> {
      var known = last.get();
      if (known == null || System.nanoTime() - known.at() > FRESH) {
        known = new Reading<>(reading.get(), System.nanoTime());
        last.set(known);
      }
      return known.value();
    };
  }

  private record Reading<T>(T value, long at) {}
}
