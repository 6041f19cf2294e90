package emporion.order.ordering.control;

import emporion.order.ordering.entity.Order;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Lets requests wait for the end of an order, whichever thread of this process brings it about. One
 * that ends in another replica is noticed by looking now and then.
 */
@ApplicationScoped
public class OrderCompletions {
  private static final long LOOK_MILLIS = 200;

  /** Longer than a transaction takes, for one who was promised its outcome. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Map<UUID, Wait> waiting = new ConcurrentHashMap<>();

  /**
   * Wakes those who wait.
   *
   * @param end the order as it ended; null where that has to be read
   */
  void tell(UUID orderId, Order end) {
    var wait = waiting.remove(orderId);
    if (wait != null) {
      wait.end = end;
      wait.ended.countDown();
    }
  }

  /**
   * Whether somebody waits, who from now on does so beyond their patience: what is stored next is
   * told by their answer.
   */
  boolean promise(UUID orderId) {
    var wait = waiting.get(orderId);
    return wait != null && wait.promise();
  }

  /**
   * Waits for the end.
   *
   * @param work begins once the waiting has, so that its end is not missed
   * @param hasEnded looks whether the order has ended
   * @return the order as it ended, if whoever ended it has said so; empty too where patience ran
   *     out
   */
  Optional<Order> await(UUID orderId, Runnable work, BooleanSupplier hasEnded, Duration patience) {
    var wait = waiting.computeIfAbsent(orderId, id -> new Wait());
    try {
      work.run();
      if (!wait.until(hasEnded, patience) && wait.isPromised()) {
        wait.until(hasEnded, GRACE);
      }
      return Optional.ofNullable(wait.end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      waiting.remove(orderId, wait);
    }
  }

  private enum Word {
    NONE,
    /** The end is being stored; who waits tells it. */
    PROMISED,
    /** Somebody has been answered that the order goes on; its end has to be told by other means. */
    LEFT
  }

  private static final class Wait {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Word> word = new AtomicReference<>(Word.NONE);
    private volatile Order end;

    private boolean promise() {
      return word.compareAndSet(Word.NONE, Word.PROMISED) || word.get() == Word.PROMISED;
    }

    /** False for one whose patience is over and who leaves. */
    private boolean isPromised() {
      return !word.compareAndSet(Word.NONE, Word.LEFT) && word.get() == Word.PROMISED;
    }

    private boolean until(BooleanSupplier hasEnded, Duration patience) throws InterruptedException {
      var until = System.nanoTime() + patience.toNanos();
      while (System.nanoTime() < until) {
        if (ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) || hasEnded.getAsBoolean()) {
          return true;
        }
      }
      return false;
    }
  }
}
