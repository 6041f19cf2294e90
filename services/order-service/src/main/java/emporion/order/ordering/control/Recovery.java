package emporion.order.ordering.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes up what was left behind: orders whose worker died, and those whose next attempt is due.
 * Replicas share the work without talking to each other.
 */
@ApplicationScoped
public class Recovery {
  private static final Logger LOG = System.getLogger(Recovery.class.getName());
  private static final int AT_A_TIME = 32;
  private static final long GRACE_SECONDS = 5;

  private final Semaphore places = new Semaphore(AT_A_TIME);
  private Ledger ledger;
  private Fulfilment fulfilment;
  private Duration pause;
  private ExecutorService workers;
  private volatile boolean stopped;

  Recovery() {}

  @Inject
  Recovery(
      Ledger ledger,
      Fulfilment fulfilment,
      @ConfigProperty(name = "emporion.order.recovery.pause") Duration pause) {
    this.ledger = ledger;
    this.fulfilment = fulfilment;
    this.pause = pause;
  }

  void start(@Observes Startup start) {
    workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("recovery-", 0).factory());
    workers.execute(this::watch);
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop)
      throws InterruptedException {
    stopped = true;
    workers.shutdown();
    if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
      LOG.log(Level.INFO, "Orders are left to the next start in the middle of a step");
    }
  }

  private void watch() {
    try {
      while (!stopped) {
        if (takeUp() < AT_A_TIME) {
          TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Claims no more than can be begun at once: a lease that waits for a place would run out. */
  private int takeUp() throws InterruptedException {
    var claimed = due(places.availablePermits());
    for (var orderId : claimed) {
      places.acquire();
      workers.execute(() -> work(orderId));
    }
    return claimed.size();
  }

  private List<UUID> due(int limit) {
    try {
      return limit == 0 ? List.of() : ledger.claim(limit);
    } catch (Exception e) {
      // Not only RuntimeException: a failed commit is a checked one that no method declares.
      LOG.log(Level.WARNING, "The orders that are due can't be read: " + e.getMessage());
      return List.of();
    }
  }

  private void work(UUID orderId) {
    try {
      fulfilment.run(orderId);
    } finally {
      places.release();
    }
  }
}
