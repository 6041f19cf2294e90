package emporion.order.ordering.control;

import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.telemetry.Trace;
import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import emporion.order.ordering.control.SagaRepository.Due;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
public class SagaRecovery {
  private static final Logger LOG = System.getLogger(SagaRecovery.class.getName());
  private static final int AT_A_TIME = 32;
  private static final long GRACE_SECONDS = 5;

  private final Semaphore free = new Semaphore(AT_A_TIME);
  private SagaRepository sagas;
  private OrderSaga orderSaga;
  private Duration pause;
  private Workers workers;
  private ExecutorService places;

  SagaRecovery() {}

  @Inject
  SagaRecovery(
      SagaRepository sagas,
      OrderSaga orderSaga,
      @ConfigProperty(name = "emporion.order.recovery.pause") Duration pause,
      Workers workers) {
    this.sagas = sagas;
    this.orderSaga = orderSaga;
    this.pause = pause;
    this.workers = workers;
  }

  void start(@Observes Startup start) {
    places = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("recovery-", 0).factory());
    workers.start("recovery", Duration.ZERO, this::round, this::end);
  }

  private Duration round() throws InterruptedException {
    return takeUp() < AT_A_TIME ? pause : Duration.ZERO;
  }

  private void end() {
    places.shutdown();
    try {
      if (!places.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.INFO, "Orders are left to the next start in the middle of a step");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Claims no more than can be begun at once: a lease that waits for a place would run out. */
  private int takeUp() throws InterruptedException {
    var claimed = due(free.availablePermits());
    if (!claimed.isEmpty()) {
      Worker.busy(claimed.stream().map(Due::trace).toList());
    }
    var round = Span.current().within();
    for (var due : claimed) {
      free.acquire();
      places.execute(() -> work(due, round));
    }
    return claimed.size();
  }

  private List<Due> due(int limit) {
    try {
      return limit == 0 ? List.of() : sagas.claim(limit);
    } catch (Exception e) {
      // Not only RuntimeException: a failed commit is a checked one that no method declares.
      LOG.log(Level.WARNING, "The orders that are due can't be read: " + e.getMessage());
      return List.of();
    }
  }

  /**
   * In the trace of the request that placed the order, however long ago that was: one order is one
   * trace. It is linked with the round that has found it, as one of a batch.
   */
  private void work(Due due, Optional<Trace> round) {
    var trace = due.trace();
    var span = Span.start(Kind.INTERNAL, "recover order", trace).with("order.id", due.orderId());
    round.ifPresent(span::linkedTo);
    try {
      span.run(trace, () -> orderSaga.run(due.orderId()));
    } finally {
      span.end();
      free.release();
    }
  }
}
