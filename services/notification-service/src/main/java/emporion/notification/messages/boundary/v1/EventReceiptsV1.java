package emporion.notification.messages.boundary.v1;

import emporion.chassis.messaging.Receipts.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which events were taken in, and by whom.
 *
 * @param consumers all that this service has, in order of their names
 * @param items in order of time
 */
public record EventReceiptsV1(List<ConsumerV1> consumers, List<ReceiptV1> items) {
  static EventReceiptsV1 from(Map<String, Set<String>> consumers, List<Receipt> receipts) {
    return new EventReceiptsV1(
        consumers.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    new ConsumerV1(entry.getKey(), entry.getValue().stream().sorted().toList()))
            .toList(),
        receipts.stream().map(ReceiptV1::from).toList());
  }

  /** A consumer, by the name of its queue, and the types that it receives. */
  public record ConsumerV1(String name, List<String> types) {}

  /** That a consumer has taken an event in. */
  public record ReceiptV1(UUID eventId, String consumer, Instant takenAt) {
    private static ReceiptV1 from(Receipt receipt) {
      return new ReceiptV1(receipt.eventId(), receipt.consumer(), receipt.takenAt());
    }
  }
}
