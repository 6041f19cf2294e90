package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What support finds out about an order of which it has nothing but the id. */
@Order(6)
@ExtendWith(RunningShop.class)
class StoryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String READER = "notification-service.orders";

  private final Shop shop;
  private final Shopper shopper;
  private final Http support;
  private final String traceId = UUID.randomUUID().toString().replace("-", "");

  StoryIT(Shop shop) {
    this.shop = shop;
    shopper = shop.newShopper();
    support = shop.appoint(shop.newShopper(), "support");
  }

  private String place(String card) {
    var answer =
        Http.to(shop.gateway())
            .as(shopper.client().token())
            .withKey(UUID.randomUUID().toString())
            .with("traceparent", "00-" + traceId + "-00f067aa0ba902b7-00")
            .post(
                "/v1/orders",
                "{\"items\":[{\"product_id\":\"%s\",\"quantity\":2}],\"payment\":{\"token\":\"%s\"}}"
                    .formatted(Shelf.with(shop, 5).productId(), card));
    assertTrue(Set.of(201, 202).contains(answer.status()), answer::toString);
    return answer.text("/order_id");
  }

  private Answer story(String orderId) {
    var story = support.get("/v2/admin/orders/" + orderId + "/story");
    assertEquals(200, story.status(), story::toString);
    return story;
  }

  /** Its pieces are sold a moment after it is confirmed. */
  private String sold(String orderId) {
    await("the sale of " + orderId)
        .atMost(PATIENCE)
        .until(() -> words(story(orderId), "stock").contains("reservation committed"));
    return orderId;
  }

  /** The story once it has these mails, which are the last to come. */
  private Answer whole(String orderId, String... mails) {
    shopper.ended(orderId);
    await("the mails of " + orderId)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(List.of(mails), words(story(orderId), "mail")));
    return read(orderId);
  }

  /** The story once all events have been read. */
  private Answer read(String orderId) {
    shopper.ended(orderId);
    await("all of " + orderId + " is read")
        .atMost(PATIENCE)
        .until(() -> entries(story(orderId), "delivery").stream().allMatch(StoryIT::isTaken));
    var story = story(orderId);
    assertEquals(0, story.at("/missing").size(), story::toString);
    assertEquals(0, story.at("/shortened").size(), story::toString);
    assertFalse(story.body().contains("tok_"), story::toString);
    assertFalse(story.body().contains(shopper.email()), story::toString);
    return story;
  }

  private static boolean isTaken(JsonNode delivery) {
    return delivery.at("/outcome").asText().equals("taken_in");
  }

  private static List<JsonNode> entries(Answer story, String part) {
    return StreamSupport.stream(story.at("/entries").spliterator(), false)
        .filter(entry -> entry.at("/part").asText().equals(part))
        .toList();
  }

  private static List<String> words(Answer story, String part) {
    return entries(story, part).stream()
        .map(entry -> entry.at("/what").asText() + " " + entry.at("/outcome").asText())
        .toList();
  }

  private static List<String> traces(Answer story) {
    return StreamSupport.stream(story.at("/entries").spliterator(), false)
        .map(entry -> entry.at("/trace_id").asText())
        .distinct()
        .toList();
  }

  @Test
  void ofOneThatWasConfirmed() {
    var story = whole(sold(place("tok_visa")), "order_confirmed sent");
    assertEquals("confirmed", story.text("/status"));
    assertEquals(
        List.of("place done", "reserve done", "charge done", "confirm done"),
        words(story, "order"));
    assertEquals(List.of("reservation reserved", "reservation committed"), words(story, "stock"));
    assertEquals(List.of("charge captured"), words(story, "payment"));
    assertEquals(
        Set.of(
            "order_created published", "payment_captured published", "order_confirmed published"),
        Set.copyOf(words(story, "event")));
    assertEquals(List.of("order_confirmed taken_in"), words(story, "delivery"));
    assertEquals(READER, entries(story, "delivery").getFirst().at("/by").asText());
    assertEquals(List.of(traceId), traces(story), story::toString);
    assertEquals(traceId, story.text("/trace_id"));
  }

  @Test
  void ofOneWhoseCardWasDeclined() {
    var story = read(place("tok_insufficient_funds")); // with a mail, if the answer came too late
    assertEquals("payment_declined", story.text("/cancellation/reason"));
    assertEquals("insufficient_funds", story.text("/cancellation/decline_reason"));
    assertEquals(List.of("charge declined"), words(story, "payment"));
    var charge = entries(story, "payment").getFirst().at("/detail").asText();
    assertTrue(charge.contains("insufficient_funds"), charge);
    assertEquals(List.of("reservation reserved", "reservation released"), words(story, "stock"));
    assertEquals(List.of(traceId), traces(story), story::toString);
  }

  @Test
  void ofOneThatItsCustomerCalledOff() {
    var id = sold(place("tok_visa"));
    var off = shopper.http().post("/v1/orders/" + id + "/cancel", "");
    assertTrue(Set.of(200, 202).contains(off.status()), off::toString);
    await().atMost(PATIENCE).until(() -> story(id).text("/status").equals("cancelled"));

    var story = whole(id, "order_confirmed sent", "order_cancelled sent");
    assertEquals("cancelled_by_customer", story.text("/cancellation/reason"));
    var cancel =
        entries(story, "order").stream()
            .filter(entry -> entry.at("/what").asText().equals("cancel"))
            .findFirst()
            .orElseThrow();
    assertEquals(shopper.id().toString(), cancel.at("/by").asText());
    assertEquals(List.of("charge voided", "void succeeded"), words(story, "payment"));
    assertEquals(
        List.of("reservation reserved", "reservation committed", "reservation returned"),
        words(story, "stock"));
    assertEquals(2, traces(story).size(), story::toString);
  }

  @Test
  void ofOneThatIsStuckAndIsGivenUp() {
    var id = place("tok_timeout");
    await("attempts of " + id)
        .atMost(PATIENCE)
        .until(() -> story(id).at("/saga/attempts").asInt() > 0);
    var stuck = story(id);
    assertEquals("pending", stuck.text("/status"));
    assertEquals("charging", stuck.text("/saga/state"));
    assertFalse(stuck.text("/saga/next_attempt_at").isEmpty(), stuck::toString);
    assertFalse(stuck.text("/saga/last_error").isEmpty(), stuck::toString);
    assertEquals(List.of("charging failed"), words(stuck, "attempt"));
    assertEquals(List.of("charge pending"), words(stuck, "payment"));

    shopper.http().post("/v1/orders/" + id + "/cancel", "");
    var story = whole(id, "order_cancelled sent");
    assertEquals("cancelled_by_customer", story.text("/cancellation/reason"));
    assertTrue(words(story, "attempt").contains("charging failed"), story::toString);
    assertEquals(List.of("charge voided"), words(story, "payment"));
  }

  @Test
  void isForStaffAlone() {
    var path = "/v2/admin/orders/" + UUID.randomUUID() + "/story";
    assertEquals(404, support.get(path).status());
    assertEquals(404, shop.admin().get(path).status());
    assertEquals(403, shopper.http().get(path).status());
    for (var hidden :
        List.of(
            "/v1/charges/x/history",
            "/v1/reservations/x/history",
            "/v1/order-notifications",
            "/v1/event-receipts")) {
      assertEquals(404, Http.to(shop.gateway()).get(hidden).status(), hidden);
    }
  }
}
