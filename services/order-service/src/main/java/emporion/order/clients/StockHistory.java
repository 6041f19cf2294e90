package emporion.order.clients;

import emporion.chassis.clients.RemoteError;
import emporion.order.clients.ReservationHistoryApi.Line;
import emporion.order.clients.ReservationHistoryApi.ReservationHistory;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.Saga;
import emporion.order.story.entity.Entry;
import emporion.order.story.entity.Part;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What product-service did with the pieces of an order. */
@ApplicationScoped
public class StockHistory {
  /** The service that is asked. */
  public static final String SERVICE = "product-service";

  private ReservationHistoryApi reservations;

  StockHistory() {}

  @Inject
  StockHistory(@RestClient ReservationHistoryApi reservations) {
    this.reservations = reservations;
  }

  /** The oldest first; nothing where it was never asked for any. */
  @Timeout(1_000)
  @CircuitBreaker(requestVolumeThreshold = 20, delay = 1_000, skipOn = RemoteError.class)
  @Bulkhead(20)
  public List<Entry> of(Saga saga, Order order) {
    try {
      return entries(reservations.read(saga.reserveKey()), order);
    } catch (RemoteError no) {
      return nothing(no);
    }
  }

  /** Nothing, where there is none; another refusal is a defect of ours. */
  static List<Entry> nothing(RemoteError no) {
    if (no.slug().equals("not-found")) {
      return List.of();
    }
    throw no;
  }

  private static List<Entry> entries(ReservationHistory history, Order order) {
    var words =
        history.lines().stream().map(line -> words(line, order)).collect(Collectors.joining(", "));
    return history.turns().stream()
        .map(turn -> Entry.of(turn.at(), SERVICE, Part.STOCK, "reservation", turn.status()))
        .map(entry -> entry.told(words.isEmpty() ? null : words, null))
        .toList();
  }

  private static String words(Line line, Order order) {
    var wanted = line.quantity() + " x " + name(line.productId(), order);
    return line.available() == null ? wanted : wanted + " (there were " + line.available() + ")";
  }

  private static String name(UUID productId, Order order) {
    return order.lines().stream()
        .filter(line -> line.productId().equals(productId))
        .findFirst()
        .map(OrderLine::name)
        .orElse(productId.toString());
  }
}
