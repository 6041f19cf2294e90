package emporion.order.ordering.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets requests wait for the end of an order, whichever thread of this process brings it about. One
 * that ends in another replica is noticed by looking now and then.
 */
@ApplicationScoped
public class Endings {
  private static final long LOOK_MILLIS = 200;

  private final Map<UUID, CountDownLatch> waiting = new ConcurrentHashMap<>();

  /** Wakes those who wait. */
  void tell(UUID orderId) {
    var latch = waiting.remove(orderId);
    if (latch != null) {
      latch.countDown();
    }
  }

  /**
   * Waits for the end.
   *
   * @param work begins once the waiting has, so that its end is not missed
   * @param ended looks whether the order has ended
   * @return false where patience ran out
   */
  boolean await(UUID orderId, Runnable work, BooleanSupplier ended, Duration patience) {
    var latch = waiting.computeIfAbsent(orderId, id -> new CountDownLatch(1));
    var until = System.nanoTime() + patience.toNanos();
    try {
      work.run();
      while (System.nanoTime() < until) {
        if (latch.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) || ended.getAsBoolean()) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.remove(orderId, latch);
    }
  }
}
