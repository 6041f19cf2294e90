package emporion.order.ordering;

import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** Sagas that can't go on by themselves, and an operator who acts on them. */
abstract class StuckSagas {
  static final String BY_HAND =
      "{\"action\":\"compensated_by_hand\",\"note\":\"Paid back by transfer 4711\"}";
  static final String ACKNOWLEDGE = "{\"action\":\"acknowledge\"}";
  static final String CANCEL = "{\"action\":\"cancel\",\"note\":\"The bank is down\"}";

  final Http shopper = Shop.shopper();
  final Http admin = Shop.SERVICE.user("admin");

  @AfterEach
  void mend() {
    NEIGHBOURS.mend();
  }

  /** An order that comes no further than this state, and has failed there. */
  String stuckIn(String state) {
    return switch (state) {
      case "reserving" -> stuck("PUT reserve", state, this::place);
      case "charging" -> stuck("PUT charge", state, this::place);
      case "confirming" -> stuck("POST commit", state, this::place);
      case "comp_pay" -> stuck("DELETE charge", state, this::placeAndCancel);
      case "comp_stock" -> stuck("POST return", state, this::placeAndCancel);
      default -> throw new IllegalArgumentException(state);
    };
  }

  private String stuck(String call, String state, Runnable way) {
    var before = newest();
    NEIGHBOURS.breakDown(call);
    Thread.startVirtualThread(way);
    patiently().until(() -> !newest().equals(before));
    var id = newest();
    patiently().until(() -> saga(id).text("/state").equals(state) && attempt(id) > 0);
    return id;
  }

  private String newest() {
    return shopper.get("/v1/orders").at("/items/0/order_id").asText();
  }

  /** Pauses grow. */
  static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(50));
  }

  private void place() {
    shopper.post("/v1/orders", order(1));
  }

  private void placeAndCancel() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    shopper.post("/v1/orders/" + id + "/cancel", "");
  }

  Answer saga(String id) {
    return admin.get("/v1/admin/sagas/" + id);
  }

  int attempt(String id) {
    return saga(id).at("/attempt").asInt();
  }

  /** Has failed so often; the next attempt is due in a minute, and no earlier one is under way. */
  void failed(String id, int attempts) {
    var change =
        "update saga set attempt = %d, next_attempt = current_timestamp + interval '60' second"
                .formatted(attempts)
            + " where order_id = '%s' and lease_until <= current_timestamp".formatted(id);
    patiently().until(() -> Shop.sql(change) == 1);
  }

  Answer act(String id, String tag, String action) {
    var seen = admin.with("If-Match", tag);
    return action.isEmpty()
        ? seen.post("/v1/admin/sagas/" + id + "/retry", null)
        : seen.post("/v1/admin/sagas/" + id + "/resolve", action);
  }

  /** Acts on the saga as it is now. */
  Answer act(String id, String action) {
    return act(id, saga(id).header("ETag"), action);
  }

  static List<String> all(Answer answer, String list, String field) {
    return StreamSupport.stream(answer.at(list).spliterator(), false)
        .map(entry -> entry.at(field).asText())
        .toList();
  }

  void awaitState(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(state, saga(id).text("/state")));
  }
}
