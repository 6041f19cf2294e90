package emporion.order.clients;

import emporion.chassis.clients.RemoteError;
import emporion.order.clients.ChargeHistoryApi.ChargeHistory;
import emporion.order.clients.ChargeHistoryApi.Event;
import emporion.order.clients.ChargeHistoryApi.Payment;
import emporion.order.clients.ChargeHistoryApi.Refund;
import emporion.order.ordering.entity.Saga;
import emporion.order.story.entity.Entry;
import emporion.order.story.entity.Part;
import emporion.order.story.entity.Told;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What payment-service did with the money of an order. */
@ApplicationScoped
public class PaymentHistory {
  /** The service that is asked. */
  public static final String SERVICE = "payment-service";

  private ChargeHistoryApi charges;

  PaymentHistory() {}

  @Inject
  PaymentHistory(@RestClient ChargeHistoryApi charges) {
    this.charges = charges;
  }

  /** The oldest first; nothing where it was never asked to charge. */
  @Timeout(1_000)
  @CircuitBreaker(requestVolumeThreshold = 20, delay = 1_000, skipOn = RemoteError.class)
  @Bulkhead(20)
  public Chapter of(Saga saga) {
    try {
      return chapter(charges.read(saga.chargeKey()));
    } catch (RemoteError no) {
      return new Chapter(StockHistory.nothing(no), List.of());
    }
  }

  private static Chapter chapter(ChargeHistory history) {
    var charge = Stream.ofNullable(history.payment()).map(PaymentHistory::entry);
    var refunds = history.refunds().stream().map(PaymentHistory::entry);
    return new Chapter(
        Stream.concat(charge, refunds).toList(),
        history.events().stream().map(PaymentHistory::told).toList());
  }

  private static Entry entry(Payment payment) {
    return Entry.of(payment.createdAt(), SERVICE, Part.PAYMENT, "charge", payment.status())
        .until(payment.changedAt())
        .told(words(payment.amount().words(), payment.card(), payment.reason()), null);
  }

  private static Entry entry(Refund refund) {
    return Entry.of(refund.createdAt(), SERVICE, Part.PAYMENT, refund.method(), refund.status())
        .told(
            words(refund.amount().words(), refund.reason(), refund.failure()), refund.requestedBy())
        .tried(refund.attempts() > 1 ? refund.attempts() : null, refund.nextAttemptAt());
  }

  private static String words(String... all) {
    return Stream.of(all).filter(Objects::nonNull).collect(Collectors.joining(", "));
  }

  private static Told told(Event event) {
    return new Told(
        SERVICE,
        event.eventId(),
        event.type(),
        event.occurredAt(),
        event.publishedAt(),
        event.refusals(),
        event.nextAttemptAt(),
        event.traceId());
  }

  /** What was done with it, and what was told of that. */
  public record Chapter(List<Entry> entries, List<Told> events) {}
}
