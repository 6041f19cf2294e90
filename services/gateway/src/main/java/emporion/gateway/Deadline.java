package emporion.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A moment after which something is over, moved by its owner and enforced by the {@link Watchdog}.
 * Once it has passed and was enforced, it can't be moved any more: the owner learns that it lost.
 */
final class Deadline {
  private static final long NONE = 0;
  private static final long PASSED = 1;

  private final AtomicLong moment = new AtomicLong(NONE);

  /** Moves it; false where it has been enforced already. */
  boolean in(Duration time) {
    return set(System.nanoTime() + time.toNanos() | 2);
  }

  /** Takes it away; false where it has been enforced already. */
  boolean clear() {
    return set(NONE);
  }

  /** Whether it has been enforced. */
  boolean passed() {
    return moment.get() == PASSED;
  }

  /** True exactly once, when it is enforced. */
  boolean passes(long now) {
    long set = moment.get();
    return set != NONE && set != PASSED && now - set > 0 && moment.compareAndSet(set, PASSED);
  }

  private boolean set(long value) {
    long before = moment.get();
    return before != PASSED && moment.compareAndSet(before, value);
  }
}
