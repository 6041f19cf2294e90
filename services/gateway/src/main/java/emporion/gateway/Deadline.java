package emporion.gateway;

import java.time.Duration;

/** A moment after which something is late; bounded by one that is never moved. */
final class Deadline {
  private static final long NONE = Long.MAX_VALUE;

  private final long zero = System.nanoTime();
  private long moment = NONE;
  private long end = NONE;

  /** From now on it is at most so far away, until {@link #unbound}. */
  void within(Duration whole) {
    end = after(whole);
  }

  /** Takes the bound away. */
  void unbound() {
    end = NONE;
  }

  /** Moves it. */
  void in(Duration time) {
    moment = after(time);
  }

  /** Leaves no more than the bound. */
  void clear() {
    moment = NONE;
  }

  private long after(Duration time) {
    return System.nanoTime() - zero + time.toNanos();
  }

  boolean passed(long now) {
    long since = now - zero;
    return since > moment || since > end;
  }
}
