package emporion.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.tour.RunningShop;
import emporion.tour.Shop;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each service keeps to its documents whatever is said to it, about half of it valid. A plain build
 * says little, and always the same; each night ({@code -Pnightly}, or {@code -Drequests=2000
 * -Dseed=$RANDOM}) more, and something else.
 */
@Order(90)
@ExtendWith(RunningShop.class)
class ConformanceIT {
  private static final int REQUESTS = Integer.getInteger("requests", 200);
  private static final int SHOWN = 20;

  private final Shop shop;

  ConformanceIT(Shop shop) {
    this.shop = shop;
  }

  @TestFactory
  Stream<DynamicTest> keepsToItsDocuments() {
    long seed = Long.getLong("seed", 1);
    return Stream.of(
            "user-service",
            "product-service",
            "order-service",
            "payment-service",
            "notification-service")
        .map(service -> DynamicTest.dynamicTest(service, () -> talk(service, seed)));
  }

  private void talk(String service, long seed) {
    var conversation = new Conversation(shop, service, seed);
    conversation.talk(REQUESTS);
    System.out.println(service + ", seed " + seed + ": " + conversation.statuses());
    var found = conversation.violations().stream().distinct().limit(SHOWN).toList();
    assertEquals(List.of(), found, () -> "with seed " + seed);
    assertTrue(
        conversation.statuses().getOrDefault(200, 0) > REQUESTS / 20,
        () -> "hardly anything was valid: " + conversation.statuses());
  }
}
