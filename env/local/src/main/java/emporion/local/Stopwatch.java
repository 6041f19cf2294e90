package emporion.local;

import java.time.Duration;
import java.util.Locale;

/** How long ago something was, as a number of seconds. */
record Stopwatch(long started) {
  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  boolean isPast(Duration time) {
    return System.nanoTime() - started > time.toNanos();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - started) / 1e9);
  }
}
