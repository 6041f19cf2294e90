package emporion.order.story.boundary.v2;

import emporion.order.ordering.boundary.v2.CancellationV2;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.story.entity.Entry;
import emporion.order.story.entity.Part;
import emporion.order.story.entity.Story;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * All that is known of an order.
 *
 * @param cancellation null unless it was called off, or is being
 * @param traceId of the request that placed it; null where that is not known
 * @param entries in order of time
 * @param missing whom nothing was heard of in time; empty where the story is whole
 * @param shortened the parts of which only the newest are told
 */
public record StoryV2(
    UUID orderId,
    UUID customerId,
    String status,
    CancellationV2 cancellation,
    String traceId,
    FulfilmentV2 saga,
    List<EntryV2> entries,
    List<MissingV2> missing,
    List<String> shortened) {
  static StoryV2 from(Story story) {
    var order = story.order();
    return new StoryV2(
        order.id(),
        order.userId(),
        order.status().wire(),
        CancellationV2.of(story.saga().saga().cancellation()),
        story.traceId(),
        FulfilmentV2.from(story.saga()),
        story.entries().stream().map(EntryV2::from).toList(),
        story.missing().entrySet().stream().map(MissingV2::from).toList(),
        words(story.shortened()));
  }

  private static List<String> words(Set<Part> parts) {
    return parts.stream().map(Part::wire).toList();
  }

  /**
   * How its fulfilment stands.
   *
   * @param attempts how many have failed at the present state
   * @param nextAttemptAt null once it has ended
   * @param lastError what the last of them said; null where none failed
   */
  public record FulfilmentV2(
      String state,
      int attempts,
      Instant nextAttemptAt,
      Instant deadline,
      boolean needsOperator,
      String lastError) {
    private static FulfilmentV2 from(SagaStanding standing) {
      return new FulfilmentV2(
          standing.saga().state().wire(),
          standing.saga().attempt(),
          standing.nextAttempt(),
          standing.deadline(),
          standing.needsOperator(),
          standing.lastError());
    }
  }

  /** One thing that happened; what is not known, or does not apply, is null. */
  public record EntryV2(
      Instant at,
      String service,
      String part,
      String what,
      String outcome,
      Instant outcomeAt,
      String detail,
      String by,
      Integer attempts,
      Instant nextAttemptAt,
      UUID eventId,
      String traceId) {
    private static EntryV2 from(Entry entry) {
      return new EntryV2(
          entry.at(),
          entry.service(),
          entry.part().wire(),
          entry.what(),
          entry.outcome(),
          entry.outcomeAt(),
          entry.detail(),
          entry.by(),
          entry.attempts(),
          entry.nextAttemptAt(),
          entry.eventId(),
          entry.traceId());
    }
  }

  /** A service that did not answer, and what it would have told. */
  public record MissingV2(String service, List<String> parts) {
    private static MissingV2 from(Map.Entry<String, Set<Part>> gap) {
      return new MissingV2(gap.getKey(), words(gap.getValue()));
    }
  }
}
