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

  /** The last moment of all, which only the owner knows. */
  private long end = NONE;

  /** Bounds all moments from now on until {@link #release}; false where it has been enforced. */
  boolean within(Duration whole) {
    end = after(whole);
    return clear();
  }

  /** Takes away the bound and the moment; false where it has been enforced already. */
  boolean release() {
    end = NONE;
    return clear();
  }

  /** Moves it, up to the bound; false where it has been enforced already. */
  boolean in(Duration time) {
    long wanted = after(time);
    return set(end != NONE && end - wanted < 0 ? end : wanted);
  }

  /** Leaves no more than the bound; false where it has been enforced already. */
  boolean clear() {
    return set(end);
  }

  private static long after(Duration time) {
    return System.nanoTime() + time.toNanos() | 2;
  }

  /** Whether there is a moment at which it would be enforced. */
  boolean runs() {
    long set = moment.get();
    return set != NONE && set != PASSED;
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
