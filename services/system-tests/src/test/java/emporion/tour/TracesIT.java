package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Collector;
import emporion.chassis.testkit.Collector.Received;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of one order: a single trace, from the gateway to the last consumer. */
@Order(6)
@ExtendWith(RunningShop.class)
class TracesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration GAP = Duration.ofMillis(5);
  private static final int FEW = 5;
  private static final int MANY = 20;
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String STATE = "emporion=test,congo=t61rcWkgMzE";

  /** Who works for whom, without the statements; of a route's parameters the names. */
  private static final Set<String> CHECKOUT =
      Set.of(
          "caller > gateway SERVER POST order",
          "gateway SERVER POST order > gateway CLIENT POST",
          "gateway CLIENT POST > order-service SERVER POST /v1/orders",
          "order-service SERVER POST /v1/orders > order-service CLIENT user.v1.UserService/GetUser",
          "order-service CLIENT user.v1.UserService/GetUser > user-service SERVER"
              + " user.v1.UserService/GetUser",
          "order-service SERVER POST /v1/orders > order-service CLIENT"
              + " product.v1.ProductService/GetProducts",
          "order-service CLIENT product.v1.ProductService/GetProducts > product-service SERVER"
              + " product.v1.ProductService/GetProducts",
          "order-service SERVER POST /v1/orders > order-service PRODUCER publish emporion.events",
          "order-service SERVER POST /v1/orders > order-service INTERNAL wait in outbox",
          "order-service SERVER POST /v1/orders > order-service INTERNAL order saga",
          "order-service INTERNAL order saga > order-service INTERNAL RESERVING",
          "order-service INTERNAL RESERVING > order-service CLIENT PUT",
          "order-service CLIENT PUT > product-service SERVER PUT /v1/reservations/{key}",
          "order-service INTERNAL order saga > order-service INTERNAL CHARGING",
          "order-service INTERNAL CHARGING > order-service CLIENT PUT",
          "order-service CLIENT PUT > payment-service SERVER PUT /v1/charges/{key}",
          "payment-service SERVER PUT /v1/charges/{key} > payment-service INTERNAL wait in outbox",
          "payment-service SERVER PUT /v1/charges/{key} > payment-service PRODUCER publish"
              + " emporion.events",
          "order-service INTERNAL order saga > order-service INTERNAL CONFIRMING",
          "order-service INTERNAL order saga > order-service INTERNAL wait in outbox",
          "order-service INTERNAL order saga > order-service PRODUCER publish emporion.events",
          "order-service PRODUCER publish emporion.events > product-service CONSUMER process"
              + " product-service.orders",
          "order-service PRODUCER publish emporion.events > notification-service CONSUMER process"
              + " notification-service.orders");

  private static final Set<String> RECOVERY =
      Set.of(
          "order-service SERVER POST /v1/orders > order-service INTERNAL recover order",
          "order-service INTERNAL recover order > order-service INTERNAL order saga",
          "order-service INTERNAL order saga > order-service INTERNAL CHARGING",
          "order-service INTERNAL order saga > order-service INTERNAL CONFIRMING",
          "order-service PRODUCER publish emporion.events > notification-service CONSUMER process"
              + " notification-service.orders");

  private final Shop shop;
  private final Collector collector;
  private String traceId;

  TracesIT(Shop shop, Collector collector) {
    this.shop = shop;
    this.collector = collector;
  }

  private Answer order(String flags, String card) {
    traceId = UUID.randomUUID().toString().replace("-", "");
    var shopper = shop.newShopper();
    return Http.to(shop.gateway())
        .as(shop.token(shopper.name(), shopper.password()))
        .withKey(UUID.randomUUID().toString())
        .with("traceparent", "00-" + traceId + "-" + CALLER + "-" + flags)
        .with("tracestate", STATE)
        .with("baggage", "shopper=vip")
        .post(
            "/v1/orders",
            "{\"items\":[{\"product_id\":\"%s\",\"quantity\":1}],\"payment\":{\"token\":\"%s\"}}"
                .formatted(Shelf.with(shop, 5).productId(), card));
  }

  /** Ended or, on a busy machine, still under way. */
  private static Answer placed(Answer answer) {
    assertTrue(Set.of(201, 202).contains(answer.status()), answer::toString);
    return answer;
  }

  @Test
  void oneOrderIsOneTrace() {
    // What is asked for once a minute is known by then.
    placed(shop.newShopper().order("tok_visa", Shelf.with(shop, 5).line(1)));
    var placed = undisturbed();
    var spans = spans();

    assertEquals(lines(CHECKOUT), lines(edges(spans)));
    var ids = spans.stream().map(Received::id).collect(Collectors.toCollection(HashSet::new));
    ids.add(CALLER);
    var orphans = spans.stream().filter(span -> !ids.contains(span.parent())).toList();
    assertEquals(List.of(), orphans);
    assertTrue(spans.stream().noneMatch(Received::failed), () -> failed(spans));
    assertTrue(spans.stream().allMatch(span -> span.state().equals(STATE)), spans::toString);
    var orderId = placed.text("/order_id");
    for (var service :
        List.of("order-service", "product-service", "payment-service", "notification-service")) {
      assertTrue(
          spans.stream().anyMatch(span -> span.service().equals(service) && isAbout(span, orderId)),
          service);
    }
  }

  /** On a busy machine a call may be late and be made again: one of a few orders is spared that. */
  private Answer undisturbed() {
    Answer placed;
    int left = FEW;
    do {
      placed = placed(order("01", "tok_visa"));
      await("all parts of it")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertEquals(lines(CHECKOUT), lines(common(edges(spans())))));
    } while (--left > 0 && spans().stream().anyMatch(Received::failed));
    return placed;
  }

  private static Set<String> common(Set<String> edges) {
    edges.retainAll(CHECKOUT);
    return edges;
  }

  private List<Received> spans() {
    return collector.spans(traceId);
  }

  private static String lines(Set<String> edges) {
    return String.join("\n", new TreeSet<>(edges));
  }

  private static boolean isAbout(Received span, String orderId) {
    return orderId.equals(span.attributes().get("order.id"));
  }

  private static String failed(List<Received> spans) {
    return spans.stream().filter(Received::failed).toList().toString();
  }

  private static Set<String> edges(List<Received> spans) {
    Map<String, Received> byId =
        spans.stream().collect(Collectors.toMap(Received::id, Function.identity()));
    return spans.stream()
        .filter(span -> !span.attributes().containsKey("db.system.name"))
        .map(span -> title(byId.get(span.parent())) + " > " + title(span))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String title(Received span) {
    return span == null
        ? "caller"
        : String.join(" ", span.service(), span.kind(), span.name()).replaceFirst(":.*}", "}");
  }

  /** Its first answer is lost, so that a worker takes the order up. */
  @Test
  void whoTakesAnOrderUpLaterGoesOnInItsTrace() {
    var placed = placed(order("01", "tok_lost_answer"));
    await("all parts of it")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var edges = edges(spans());
              assertTrue(edges.containsAll(RECOVERY), () -> lines(edges));
            });
    var recovery = spans().stream().filter(span -> span.name().equals("recover order")).findFirst();
    assertTrue(isAbout(recovery.orElseThrow(), placed.text("/order_id")));
  }

  /**
   * Each order has pauses of its own, those of the machine. What all of them have is a part that no
   * span tells of.
   */
  @Test
  void noPartOfAnOrderIsWithoutASpan() {
    var always = gapsOfOne();
    for (int left = MANY; left > 0 && !always.isEmpty(); left--) {
      always.retainAll(gapsOfOne());
    }
    assertEquals("", lines(always));
  }

  private Set<String> gapsOfOne() {
    placed(order("01", "tok_visa"));
    await("all parts of it")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(lines(CHECKOUT), lines(common(edges(spans())))));
    return gaps(spans());
  }

  /** Where a span that has parts is at none of them, or all of them rest, for too long. */
  private static Set<String> gaps(List<Received> spans) {
    var gaps = new TreeSet<String>();
    for (var whole : spans) {
      var parts = spans.stream().filter(span -> span.parent().equals(whole.id())).toList();
      if (!parts.isEmpty()) {
        gaps.addAll(gaps(title(whole), whole.start(), whole.end(), parts));
      }
    }
    long begin = spans.stream().mapToLong(Received::start).min().orElseThrow();
    gaps.addAll(gaps("the order", begin, Long.MAX_VALUE, spans));
    return gaps;
  }

  private static Set<String> gaps(String whole, long begin, long end, List<Received> parts) {
    var gaps = new TreeSet<String>();
    long covered = begin;
    var before = "its begin";
    for (var part : parts.stream().sorted(Comparator.comparing(Received::start)).toList()) {
      var next = part.start() < end ? title(part) : "its end";
      if (Math.min(part.start(), end) - covered > GAP.toNanos()) {
        gaps.add(whole + ": between " + before + " and " + next);
      }
      before = part.end() > covered ? title(part) : before;
      covered = Math.max(covered, part.end());
    }
    if (end < Long.MAX_VALUE && end - covered > GAP.toNanos()) {
      gaps.add(whole + ": between " + before + " and its end");
    }
    return gaps;
  }

  @Test
  void statementsAreSeenWithoutTheirValues() {
    var placed = placed(order("01", "tok_visa_declined"));
    await("the order's statements")
        .atMost(PATIENCE)
        .until(() -> spans().stream().anyMatch(span -> span.name().equals("INSERT orders")));
    var statements =
        spans().stream().filter(span -> span.attributes().containsKey("db.query.text")).toList();
    assertTrue(statements.stream().anyMatch(span -> span.name().equals("COMMIT")));
    for (var statement : statements) {
      var text = statement.attributes().get("db.query.text");
      assertFalse(text.contains("tok_visa") || text.contains(placed.text("/order_id")), text);
    }
  }

  @Test
  void whatTheCallerDoesNotWantIsNotRecorded() {
    placed(order("00", "tok_visa"));
    oneOrderAfterIt();
    assertEquals(List.of(), spans());
  }

  /** Whatever belongs to the one before has come, too, when its last part is here. */
  private void oneOrderAfterIt() {
    new TracesIT(shop, collector).oneOrderIsOneTrace();
  }
}
