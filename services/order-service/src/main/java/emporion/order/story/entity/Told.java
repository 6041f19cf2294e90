package emporion.order.story.entity;

import java.time.Instant;
import java.util.UUID;

/**
 * An event about the order, or about its payment.
 *
 * @param publishedAt null while it waits for the broker
 * @param refusals how often the broker has refused it
 * @param nextAttemptAt null unless a refusal holds it up
 * @param traceId null where it is not known
 */
public record Told(
    String service,
    UUID id,
    String type,
    Instant occurredAt,
    Instant publishedAt,
    int refusals,
    Instant nextAttemptAt,
    String traceId) {
  /** As a part of the story. */
  public Entry entry() {
    return Entry.of(occurredAt, service, Part.EVENT, type, outcome())
        .until(publishedAt)
        .tried(refusals == 0 ? null : refusals, nextAttemptAt)
        .about(id)
        .in(traceId);
  }

  private String outcome() {
    if (publishedAt != null) {
      return "published";
    }
    return refusals == 0 ? "waiting" : "refused";
  }

  /** That a consumer has taken it in, at that time. */
  public Entry takenIn(String consumerService, String consumer, Instant when) {
    return delivery(when, consumerService, consumer, "taken_in");
  }

  /** That a consumer, as far as its service knows, has not taken it in. */
  public Entry notTakenIn(String consumerService, String consumer) {
    return delivery(publishedAt, consumerService, consumer, "not_taken_in");
  }

  private Entry delivery(Instant when, String consumerService, String consumer, String outcome) {
    return Entry.of(when, consumerService, Part.DELIVERY, type, outcome)
        .told(null, consumer)
        .about(id)
        .in(traceId);
  }
}
