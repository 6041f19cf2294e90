package emporion.order.ordering.control;

import emporion.chassis.data.Sql;
import emporion.chassis.messaging.Outbox;
import emporion.chassis.work.Workers;
import emporion.order.clients.Stock;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Finds confirmed orders whose stock is still held long after, and publishes once more the event
 * that sells it: a broker that lost its disk, or a queue that somebody has purged, took it along.
 * Whoever has read it takes it for read. While all is well this asks product-service one question a
 * minute, which is answered with nothing.
 */
@ApplicationScoped
public class LostSales {
  private static final Logger LOG = System.getLogger(LostSales.class.getName());

  private Stock stock;
  private Sql sql;
  private Outbox outbox;
  private Workers workers;
  private Duration pause;
  private Duration patience;
  private Set<UUID> strange = Set.of();

  LostSales() {}

  @Inject
  LostSales(
      Stock stock,
      Sql sql,
      Outbox outbox,
      Workers workers,
      @ConfigProperty(name = "emporion.order.sales.pause") Duration pause,
      @ConfigProperty(name = "emporion.order.sales.patience") Duration patience) {
    this.stock = stock;
    this.sql = sql;
    this.outbox = outbox;
    this.workers = workers;
    this.pause = pause;
    this.patience = patience;
  }

  void start(@Observes Startup start) {
    workers.start("lost-sales", pause, this::round, () -> {});
  }

  private Duration round() {
    try {
      look();
    } catch (RuntimeException away) {
      LOG.log(Level.INFO, "What has been held for long can't be looked at: " + away.getMessage());
    }
    return pause;
  }

  /**
   * Looks once.
   *
   * @return how many events are published again
   */
  int look() {
    var held = stock.heldBefore(Instant.now().minus(patience));
    if (held.isEmpty()) {
      strange = Set.of();
      return 0;
    }
    var known =
        sql.list(Known.class, "select order_id, state from saga where order_id = any (?)", held);
    tellOfStrangers(held, known.stream().map(Known::orderId).toList());
    var done = known.stream().filter(it -> it.state == SagaState.DONE).map(Known::orderId).toList();
    int again = outbox.again("order_confirmed", done, patience);
    if (again > 0) {
      LOG.log(
          Level.WARNING,
          "Of {0} confirmed orders the stock was not sold: their events are published again",
          again);
    }
    return again;
  }

  private record Known(UUID orderId, SagaState state) {}

  /** Each once, as only an operator can say what became of such an order. */
  private void tellOfStrangers(Set<UUID> held, Collection<UUID> known) {
    var unknown = new HashSet<>(held);
    unknown.removeAll(known);
    unknown.stream()
        .filter(id -> !strange.contains(id))
        .forEach(
            id -> LOG.log(Level.ERROR, "Stock is held for order " + id + ", which is in no table"));
    strange = unknown;
  }
}
