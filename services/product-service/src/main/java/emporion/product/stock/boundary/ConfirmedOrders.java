package emporion.product.stock.boundary;

import emporion.chassis.messaging.BatchHandler;
import emporion.chassis.messaging.Event;
import emporion.product.stock.control.ReservationService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Sells what is held for an order once it is confirmed. A reservation tells so, so that nobody need
 * ask for the sale; whoever publishes the event makes the queue, so that none is missed.
 */
@ApplicationScoped
public class ConfirmedOrders implements BatchHandler {
  /** The event that says it. */
  public static final String TYPE = "order_confirmed";

  private ReservationService reservations;

  ConfirmedOrders() {}

  @Inject
  ConfirmedOrders(ReservationService reservations) {
    this.reservations = reservations;
  }

  @Override
  public String queue() {
    return "product-service.orders";
  }

  @Override
  public Set<String> types() {
    return Set.of(TYPE);
  }

  @Override
  public void on(List<Event> events) {
    reservations.sell(events.stream().map(event -> UUID.fromString(event.subject())).toList());
  }
}
