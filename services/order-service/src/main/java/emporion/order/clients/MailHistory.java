package emporion.order.clients;

import emporion.chassis.clients.RemoteError;
import emporion.order.clients.OrderNotificationsApi.Consumer;
import emporion.order.clients.OrderNotificationsApi.Notification;
import emporion.order.ordering.entity.Order;
import emporion.order.story.entity.Entry;
import emporion.order.story.entity.Part;
import emporion.order.story.entity.Reading;
import emporion.order.story.entity.Reading.Receipt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What notification-service made of what it was told of an order. */
@ApplicationScoped
public class MailHistory {
  /** The service that is asked. */
  public static final String SERVICE = "notification-service";

  private OrderNotificationsApi notifications;

  MailHistory() {}

  @Inject
  MailHistory(@RestClient OrderNotificationsApi notifications) {
    this.notifications = notifications;
  }

  /** What was written to the customer about it, the oldest first. */
  @Timeout(1_000)
  @CircuitBreaker(requestVolumeThreshold = 20, delay = 1_000, skipOn = RemoteError.class)
  @Bulkhead(20)
  public List<Entry> of(Order order) {
    return notifications.written(order.id(), order.userId()).items().stream()
        .map(MailHistory::entry)
        .toList();
  }

  private static Entry entry(Notification mail) {
    return Entry.of(mail.createdAt(), SERVICE, Part.MAIL, mail.kind(), mail.status())
        .until(mail.sentAt())
        .told(mail.lastError(), null)
        .tried(mail.attempts() > 1 ? mail.attempts() : null, mail.nextAttemptAt());
  }

  /**
   * Which of these events its consumers have taken in.
   *
   * @param eventIds at most 100
   */
  @Timeout(1_000)
  @CircuitBreaker(requestVolumeThreshold = 20, delay = 1_000, skipOn = RemoteError.class)
  @Bulkhead(20)
  public Reading reading(List<UUID> eventIds) {
    var ids = eventIds.stream().map(UUID::toString).collect(Collectors.joining(","));
    var answer = notifications.receipts(ids);
    Map<String, Set<String>> consumers =
        answer.consumers().stream()
            .collect(Collectors.toMap(Consumer::name, it -> Set.copyOf(it.types())));
    return new Reading(
        SERVICE,
        consumers,
        answer.items().stream()
            .map(it -> new Receipt(it.eventId(), it.consumer(), it.takenAt()))
            .toList());
  }
}
