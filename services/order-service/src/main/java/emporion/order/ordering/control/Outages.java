package emporion.order.ordering.control;

import static emporion.order.ordering.entity.SagaState.BUYING;
import static emporion.order.ordering.entity.SagaState.CHARGING;
import static emporion.order.ordering.entity.SagaState.COMP_PAY;
import static emporion.order.ordering.entity.SagaState.COMP_STOCK;
import static emporion.order.ordering.entity.SagaState.CONFIRMING;
import static emporion.order.ordering.entity.SagaState.RESERVING;

import emporion.chassis.clients.RemoteError;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Which neighbours are away. The pause of an order that waits for one grows with the outage and
 * would last as long again after it; so as soon as that neighbour answers anybody, all who wait for
 * it are due.
 */
@ApplicationScoped
public class Outages {
  /** Ten failures flag an order: that must take longer than any call, also if they are hastened. */
  private static final long APART_NANOS = Duration.ofSeconds(5).toNanos();

  private final Outage ofStock = new Outage(EnumSet.of(BUYING, RESERVING, CONFIRMING, COMP_STOCK));
  private final Outage ofPayments = new Outage(EnumSet.of(CHARGING, COMP_PAY));
  private SagaRepository sagas;

  Outages() {}

  @Inject
  Outages(SagaRepository sagas) {
    this.sagas = sagas;
  }

  /** A step has failed in this state; whatever says nothing about the next call is no outage. */
  void failed(SagaState state, Exception failure) {
    boolean away =
        failure instanceof WebApplicationException answer
            ? answer.getResponse().getStatus() == Status.SERVICE_UNAVAILABLE.getStatusCode()
            : !(failure instanceof RemoteError);
    if (away) {
      outage(state).lasts = true;
    }
  }

  /** The neighbour that this state needs has answered. */
  void answered(SagaState state) {
    var outage = outage(state);
    if (outage.ends()) {
      sagas.hasten(outage.waiting);
    }
  }

  private Outage outage(SagaState state) {
    return Stream.of(ofStock, ofPayments)
        .filter(outage -> outage.waiting.contains(state))
        .findFirst()
        .orElseThrow();
  }

  private static final class Outage {
    private final Set<SagaState> waiting;
    private final AtomicLong last = new AtomicLong(System.nanoTime() - APART_NANOS);
    private volatile boolean lasts;

    private Outage(Set<SagaState> waiting) {
      this.waiting = waiting;
    }

    /**
     * True for one of those who come with an answer. One that comes too soon leaves it to later.
     */
    private boolean ends() {
      long before = last.get();
      long now = System.nanoTime();
      if (!lasts || now - before < APART_NANOS || !last.compareAndSet(before, now)) {
        return false;
      }
      lasts = false;
      return true;
    }
  }
}
