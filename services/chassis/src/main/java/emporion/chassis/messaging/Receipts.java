package emporion.chassis.messaging;

import static java.util.stream.Collectors.toMap;

import emporion.chassis.data.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the consumers of this service have taken in. */
@ApplicationScoped
public class Receipts {
  /** So long it is known; nothing can be said of what was taken in before. */
  public static final Duration KEPT = Duration.ofDays(14);

  private Sql sql;
  private Instance<EventHandler> handlers;

  Receipts() {}

  @Inject
  Receipts(Sql sql, @Any Instance<EventHandler> handlers) {
    this.sql = sql;
    this.handlers = handlers;
  }

  /** The types that each consumer of this service receives, by the name of its queue. */
  public Map<String, Set<String>> consumers() {
    return handlers.stream().collect(toMap(EventHandler::queue, EventHandler::types));
  }

  /** Which of these events were taken in, by whom and when, in order of time. */
  public List<Receipt> of(Collection<UUID> eventIds) {
    var consumers = consumers().keySet();
    return eventIds.isEmpty() || consumers.isEmpty()
        ? List.of()
        : sql.list(
            Receipt.class,
            """
            select event_id, consumer, seen_at from inbox
            where consumer = any (?) and event_id = any (?) order by seen_at, event_id, consumer\
            """,
            consumers,
            eventIds);
  }

  /**
   * That a consumer has taken an event in.
   *
   * @param consumer the name of its queue
   * @param takenAt in the transaction of its effect
   */
  public record Receipt(UUID eventId, String consumer, Instant takenAt) {}
}
