package emporion.chassis.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Throws away, once an hour, what the machinery has kept long enough: idempotency keys after 48
 * hours, events that were sent after 7 days, ids of events that were taken in after 14 days. What a
 * service itself keeps for a time goes with a {@link Sweep}.
 */
@ApplicationScoped
public class Housekeeping {
  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration KEYS = Duration.ofHours(48);
  private static final Duration SENT = Duration.ofDays(7);
  private static final Duration SEEN = Duration.ofDays(14);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  /** This bean as others see it: the transaction stands on its proxy. */
  private Housekeeping self;

  private EntityManager database;
  private Event<Sweep> sweeps;

  Housekeeping() {}

  @Inject
  Housekeeping(EntityManager database, Housekeeping self, Event<Sweep> sweeps) {
    this.database = database;
    this.self = self;
    this.sweeps = sweeps;
  }

  void start(@Observes Startup start) {
    clock.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop) {
    clock.shutdown();
  }

  private void sweep() {
    try {
      self.sweep(Instant.now());
    } catch (Exception e) {
      LOG.log(Level.WARNING, "What is old stays for another hour: " + e);
    }
  }

  /** Deletes what is older than its time at this moment. */
  @Transactional
  public void sweep(Instant now) {
    delete("idempotency_key where created_at < :limit", now.minus(KEYS));
    delete("outbox where sent_at < :limit", now.minus(SENT));
    delete("inbox where seen_at < :limit", now.minus(SEEN));
    sweeps.fire(new Sweep(now));
  }

  private void delete(String what, Instant limit) {
    database.createNativeQuery("delete from " + what).setParameter("limit", limit).executeUpdate();
  }
}
