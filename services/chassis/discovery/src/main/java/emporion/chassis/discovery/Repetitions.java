package emporion.chassis.discovery;

import java.util.concurrent.atomic.AtomicInteger;

/** How many calls may be repeated: a tenth of all calls, and a few in any case. */
final class Repetitions {
  private static final int EACH = 1;
  private static final int PRICE = 10;
  private static final int MOST = 100;

  private final AtomicInteger left = new AtomicInteger(MOST);

  /** There was a call. */
  void add() {
    int now = left.get();
    if (now < MOST) {
      // One that is lost to a race makes no difference.
      left.compareAndSet(now, now + EACH);
    }
  }

  /** Whether one may be repeated. */
  boolean take() {
    int now = left.get();
    while (now >= PRICE) {
      if (left.compareAndSet(now, now - PRICE)) {
        return true;
      }
      now = left.get();
    }
    return false;
  }
}
