package emporion.order.story.entity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the consumers of one service have taken in.
 *
 * @param consumers the types that each of them receives, by the name of its queue
 */
public record Reading(String service, Map<String, Set<String>> consumers, List<Receipt> receipts) {
  /**
   * What became of these events there. One that is not published is on its way to nobody yet.
   *
   * @param since from then on it is known what was taken in
   */
  public List<Entry> entries(List<Told> events, Instant since) {
    return events.stream()
        .filter(event -> event.publishedAt() != null)
        .flatMap(event -> entries(event, since))
        .toList();
  }

  private Stream<Entry> entries(Told event, Instant since) {
    return consumers.entrySet().stream()
        .filter(consumer -> consumer.getValue().contains(event.type()))
        .map(Map.Entry::getKey)
        .sorted()
        .flatMap(consumer -> entry(event, consumer, since).stream());
  }

  private Optional<Entry> entry(Told event, String consumer, Instant since) {
    var taken =
        receipts.stream()
            .filter(it -> it.eventId.equals(event.id()) && it.consumer.equals(consumer))
            .findFirst()
            .map(it -> event.takenIn(service, consumer, it.takenAt));
    return taken.isPresent() || event.publishedAt().isBefore(since)
        ? taken
        : Optional.of(event.notTakenIn(service, consumer));
  }

  /** That a consumer has taken an event in. */
  public record Receipt(UUID eventId, String consumer, Instant takenAt) {}
}
