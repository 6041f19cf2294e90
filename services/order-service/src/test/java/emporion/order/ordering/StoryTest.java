package emporion.order.ordering;

import static emporion.order.ordering.Neighbourhood.Trouble.BROKEN;
import static emporion.order.ordering.Neighbourhood.Trouble.DECLINED;
import static emporion.order.ordering.Neighbourhood.Trouble.SILENT;
import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff are told of an order: all that anybody knows, and who could not be asked. */
class StoryTest extends StuckSagas {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String LATER = "0af7651916cd43dd8448eb211c80319c";
  private static final String WRITTEN = "GET /v1/order-notifications";
  private static final String RECEIPTS = "GET /v1/event-receipts";

  private final Http support = Shop.SERVICE.user("support");

  @BeforeEach
  void nothingWasWritten() {
    NEIGHBOURS.tell(WRITTEN, "", "{\"items\":[]}");
    NEIGHBOURS.tell(RECEIPTS, "", "{\"consumers\":[],\"items\":[]}");
  }

  private Answer story(String id) {
    return support.get("/v2/admin/orders/" + id + "/story");
  }

  private String place(String trace) {
    return shopper
        .with("traceparent", "00-" + trace + "-00f067aa0ba902b7-00")
        .post("/v1/orders", order(1))
        .text("/order_id");
  }

  /** All entries of a part, the oldest first. */
  private static List<JsonNode> entries(Answer story, String part) {
    assertEquals(200, story.status(), story::toString);
    return StreamSupport.stream(story.at("/entries").spliterator(), false)
        .filter(entry -> entry.at("/part").asText().equals(part))
        .toList();
  }

  /** What happened and what came of it. */
  private static List<String> words(Answer story, String part) {
    return entries(story, part).stream()
        .map(entry -> entry.at("/what").asText() + " " + entry.at("/outcome").asText())
        .toList();
  }

  private static Stream<String> each(List<JsonNode> entries, String field) {
    return entries.stream().map(entry -> entry.at("/" + field).asText());
  }

  @Test
  void allThatIsKnownInOrderOfTime() {
    var id = place(TRACE);
    var product = shopper.get("/v1/orders/" + id).text("/items/0/product_id");
    var name = shopper.get("/v1/orders/" + id).text("/items/0/name");
    var captured = UUID.randomUUID();
    var refunded = UUID.randomUUID();
    var at = Instant.now();
    NEIGHBOURS.tell(
        "GET reservations history",
        id,
        """
        {"lines":[{"product_id":"%s","quantity":1}],"turns":[{"status":"reserved","at":"%s"},\
        {"status":"committed","at":"%s"}]}\
        """
            .formatted(product, at, at.plusMillis(20)));
    NEIGHBOURS.tell(
        "GET charges history",
        id,
        """
        {"payment":{"status":"captured","amount":{"amount":1999,"currency":"EUR"},"card":"visa",\
        "created_at":"%1$s","changed_at":"%2$s"},\
        "refunds":[{"method":"refund","status":"pending","amount":{"amount":500,\
        "currency":"EUR"},"reason":"A scratch","requested_by":"me","attempts":3,\
        "next_attempt_at":"%3$s","created_at":"%2$s"}],\
        "events":[{"event_id":"%4$s","type":"payment_captured","trace_id":"%6$s",\
        "occurred_at":"%2$s","published_at":"%2$s","refusals":0},\
        {"event_id":"%5$s","type":"payment_refunded","trace_id":"%7$s","occurred_at":"%2$s",\
        "published_at":"%2$s","refusals":2}]}\
        """
            .formatted(
                at.plusMillis(10),
                at.plusMillis(30),
                at.plusSeconds(60),
                captured,
                refunded,
                TRACE,
                LATER));
    NEIGHBOURS.tell(
        WRITTEN,
        "",
        """
        {"items":[{"kind":"order_confirmed","status":"queued","attempts":2,\
        "next_attempt_at":"%1$s","last_error":"451 later","created_at":"%1$s"}]}\
        """
            .formatted(at.plusMillis(40)));
    NEIGHBOURS.tell(
        RECEIPTS,
        "",
        """
        {"consumers":[{"name":"n.orders","types":["payment_refunded"]},\
        {"name":"n.audit","types":["payment_refunded"]}],\
        "items":[{"event_id":"%s","consumer":"n.orders","taken_at":"%s"}]}\
        """
            .formatted(refunded, at.plusMillis(50)));

    var story = story(id);

    assertEquals("confirmed", story.text("/status"), story::toString);
    assertEquals(TRACE, story.text("/trace_id"));
    assertEquals("done", story.text("/saga/state"));
    assertEquals(0, story.at("/missing").size());
    assertEquals(0, story.at("/shortened").size());
    assertEquals(
        List.of("place done", "reserve done", "charge done", "confirm done"),
        words(story, "order"));
    assertEquals(List.of("reservation reserved", "reservation committed"), words(story, "stock"));
    assertEquals("1 x " + name, entries(story, "stock").getFirst().at("/detail").asText());
    assertEquals(List.of("charge captured", "refund pending"), words(story, "payment"));
    var refund = entries(story, "payment").getLast();
    assertEquals("5.00 EUR, A scratch", refund.at("/detail").asText());
    assertEquals("me", refund.at("/by").asText());
    assertEquals(3, refund.at("/attempts").asInt());
    assertTrue(refund.has("next_attempt_at"), refund::toString);
    assertEquals(
        List.of(
            "order_created waiting",
            "order_confirmed waiting",
            "payment_captured published",
            "payment_refunded published"),
        words(story, "event"));
    assertEquals(
        List.of(
            "payment_refunded not_taken_in",
            "payment_refunded not_taken_in",
            "payment_refunded taken_in"),
        words(story, "delivery"));
    assertEquals(
        List.of("n.audit", "n.orders", "order-service.refunds"),
        each(entries(story, "delivery"), "by").sorted().toList());
    assertEquals(List.of("order_confirmed queued"), words(story, "mail"));
    assertEquals("451 later", entries(story, "mail").getFirst().at("/detail").asText());
    var times =
        StreamSupport.stream(story.at("/entries").spliterator(), false)
            .map(entry -> Instant.parse(entry.at("/at").asText()))
            .toList();
    assertEquals(times.stream().sorted().toList(), times);
    for (var part : List.of("order", "stock", "mail")) {
      assertTrue(each(entries(story, part), "trace_id").allMatch(TRACE::equals), part);
    }
    assertEquals(List.of(TRACE, LATER), each(entries(story, "payment"), "trace_id").toList());
    assertFalse(story.body().contains("tok_"), story::toString);
  }

  @Test
  void whyItWasDeclined() {
    NEIGHBOURS.upset("PUT charge", DECLINED);
    var story = story(place(TRACE));
    assertEquals("payment_declined", story.text("/cancellation/reason"), story::toString);
    assertEquals("card_declined", story.text("/cancellation/decline_reason"));
    assertEquals(
        List.of("place done", "reserve done", "charge refused", "release done"),
        words(story, "order"));
  }

  @Test
  void whoCalledItOffAndInWhichTrace() {
    var id = place(TRACE);
    shopper
        .with("traceparent", "00-" + LATER + "-00f067aa0ba902b7-00")
        .post("/v1/orders/" + id + "/cancel", "");
    var story = story(id);
    assertEquals("cancelled_by_customer", story.text("/cancellation/reason"));
    var cancel = entries(story, "order").get(4);
    assertEquals("cancel", cancel.at("/what").asText());
    assertEquals(LATER, cancel.at("/trace_id").asText());
    assertFalse(cancel.at("/by").asText().isEmpty());
    assertEquals(TRACE, story.text("/trace_id"));
  }

  @Test
  void attemptsThatFailedAreKeptWhenAllIsOver() {
    NEIGHBOURS.upset("PUT charge", BROKEN, BROKEN);
    var story = story(place(TRACE));
    assertEquals("confirmed", story.text("/status"));
    assertEquals(List.of("charging failed"), words(story, "attempt"));
    var failure = entries(story, "attempt").getFirst();
    assertEquals(2, failure.at("/attempts").asInt());
    assertTrue(failure.at("/detail").asText().contains("500"), failure::toString);
    assertTrue(failure.has("outcome_at"), failure::toString);
    assertEquals(TRACE, failure.at("/trace_id").asText());
  }

  @Test
  void whatIsStuckSaysWhereWhyAndWhenItIsTriedNext() {
    var id = stuckIn("charging");
    failed(id, 10);
    act(id, CANCEL);
    NEIGHBOURS.breakDown("DELETE charge");

    var story = story(id);
    assertEquals("pending", story.text("/status"), story::toString);
    assertEquals("comp_pay", story.text("/saga/state"));
    assertTrue(story.at("/saga").has("next_attempt_at"), story::toString);
    assertEquals("cancelled_by_operator", story.text("/cancellation/reason"));
    assertEquals(List.of("cancel comp_pay"), words(story, "operator"));
    var action = entries(story, "operator").getFirst();
    assertEquals("The bank is down", action.at("/detail").asText());
    assertTrue(words(story, "attempt").contains("charging failed"), story::toString);
  }

  @Test
  void whoDoesNotAnswerIsNamedAndTheRestIsTold() {
    var id = place(TRACE);
    NEIGHBOURS.upset("GET reservations history", BROKEN);
    NEIGHBOURS.upset("GET charges history", SILENT);
    NEIGHBOURS.upset(RECEIPTS, SILENT);

    var before = System.nanoTime();
    var story = story(id);
    var took = Duration.ofNanos(System.nanoTime() - before);

    assertEquals(200, story.status(), story::toString);
    assertEquals(
        List.of("notification-service", "payment-service", "product-service"),
        each(missing(story), "service").toList());
    assertEquals("[\"delivery\"]", missing(story).get(0).at("/parts").toString());
    assertEquals("[\"payment\",\"event\"]", missing(story).get(1).at("/parts").toString());
    assertEquals("[\"stock\"]", missing(story).get(2).at("/parts").toString());
    assertEquals(4, entries(story, "order").size());
    assertTrue(took.compareTo(Duration.ofMillis(2_900)) < 0, took::toString);
  }

  private static List<JsonNode> missing(Answer story) {
    return StreamSupport.stream(story.at("/missing").spliterator(), false).toList();
  }

  @Test
  void eachNeighbourIsAskedOnceHoweverMuchThereIs() {
    var id = place(TRACE);
    IntStream.range(0, 150)
        .forEach(
            i ->
                Shop.sql(
                    """
                    insert into order_timeline (order_id, version, at, step, outcome)
                    values ('%s', %d, current_timestamp, 'refund', 'done')\
                    """
                        .formatted(id, 10 + i)));
    int asked = asked(id);
    var story = story(id);
    assertEquals(100, entries(story, "order").size());
    assertEquals("[\"order\"]", story.at("/shortened").toString());
    assertEquals(2, asked(id) - asked);
  }

  private static int asked(String id) {
    return (int) NEIGHBOURS.callsFor(id).stream().filter(it -> it.endsWith("history")).count();
  }

  @Test
  void itIsForStaff() {
    var id = place(TRACE);
    var path = "/v2/admin/orders/" + id + "/story";
    assertEquals(200, admin.get(path).status());
    assertEquals(403, shopper.get(path).status());
    assertEquals(401, Shop.SERVICE.anonymous().get(path).status());
    assertEquals("not-found", story(UUID.randomUUID().toString()).problem());
    assertEquals(404, story("no-id").status());
  }
}
