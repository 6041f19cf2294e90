package emporion.order.clients;

import static java.util.stream.Collectors.toSet;

import emporion.chassis.clients.RemoteError;
import emporion.order.clients.HeldReservationsApi.Held;
import emporion.order.clients.ReservationsApi.Line;
import emporion.order.clients.ReservationsApi.Lines;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.Saga;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The stock of an order at product-service. What is thrown, a timeout or a broken connection, says
 * nothing about what happened there; the saga asks again with the same key.
 */
@ApplicationScoped
@Timeout(2_000)
@CircuitBreaker(requestVolumeThreshold = 20, delay = 1_000, skipOn = RemoteError.class)
@Bulkhead(200)
public class Stock {
  private static final int MOST_HELD = 100;

  private ReservationsApi reservations;
  private HeldReservationsApi held;

  Stock() {}

  @Inject
  Stock(@RestClient ReservationsApi reservations, @RestClient HeldReservationsApi held) {
    this.reservations = reservations;
    this.held = held;
  }

  /** What came of a reservation. */
  public sealed interface Reserved {
    /**
     * All lines are held.
     *
     * @param soldByEvent whether they are sold by {@code order_confirmed}, without {@link #commit}
     */
    record Held(boolean soldByEvent) implements Reserved {}

    /** No line is held. */
    record TooLittle(String why) implements Reserved {}
  }

  /** Holds all lines or none. */
  public Reserved reserve(Saga saga, List<OrderLine> lines) {
    var wanted = lines.stream().map(line -> new Line(line.productId(), line.quantity())).toList();
    try {
      var held = reservations.reserve(saga.reserveKey(), new Lines(saga.orderId(), wanted));
      return new Reserved.Held("order_confirmed".equals(held.soldByEvent()));
    } catch (RemoteError refusal) {
      if (refusal.slug().equals("out-of-stock")) {
        return new Reserved.TooLittle(refusal.getMessage());
      }
      throw refusal;
    }
  }

  /** Sells what is held. */
  public void commit(Saga saga) {
    reservations.commit(saga.reserveKey());
  }

  /** Undoes {@link #reserve}, also one that never arrived or is still on its way. */
  public void release(Saga saga) {
    reservations.release(saga.reserveKey());
  }

  /** Undoes {@link #commit}. */
  public void takeBack(Saga saga) {
    reservations.takeBack(saga.reserveKey());
  }

  /** The orders for which something has been held since before a time: the hundred oldest. */
  public Set<UUID> heldBefore(Instant time) {
    return held.read(time.toString(), MOST_HELD).items().stream()
        .map(Held::orderId)
        .collect(toSet());
  }
}
