package emporion.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.ConnectionFactory;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.client.model.OrderV1;
import emporion.tour.RunningShop;
import emporion.tour.Shelf;
import emporion.tour.Shop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the OWASP API Security Top 10 would try at a shop, through the gateway and straight at its
 * services. What belongs to one class alone is tried beside that class: broken framing, slow and
 * swollen requests, rates.
 */
@Order(41)
@ExtendWith(RunningShop.class)
class AttacksIT {
  private static final int MANY_CONNECTIONS = 10_000;

  private final Shop shop;
  private final Places places;

  AttacksIT(Shop shop) {
    this.shop = shop;
    places = new Places(shop);
  }

  // --- what belongs to others --------------------------------------------------------------------

  @Test
  void whatBelongsToSomebodyElseLooksAsIfItDidNotExist() {
    var owner = shop.newShopper();
    var order = owner.order("tok_visa", Shelf.with(shop, 5).line(1)).text("/order_id");
    var payment = owner.payment(order).getId();
    var thief = shop.newShopper().http().token();
    var owned =
        List.of(
            "/v1/orders/" + order,
            "/v2/orders/" + order,
            "/v1/payments/" + payment,
            "/v2/payments/" + payment,
            "/v1/payments/" + payment + "/refunds",
            "/v1/users/" + owner.id(),
            "/v2/users/" + owner.id());
    for (var path : owned) {
      var guessed = path.replaceAll("[0-9a-f-]{36}", UUID.randomUUID().toString());
      places.of(path).forEach(place -> looksMissing(place.as(thief), path, guessed));
    }
    var cancel = "/v1/orders/" + order + "/cancel";
    assertEquals(404, Places.at(shop.port("gateway")).as(thief).post(cancel, "").status());
    assertEquals(OrderV1.StatusEnum.CONFIRMED, owner.order(order).getStatus());
  }

  private static void looksMissing(Http thief, String path, String guessed) {
    var known = thief.get(path);
    var missing = thief.get(guessed);
    assertEquals(404, known.status(), () -> path + ": " + known);
    assertEquals(withoutTrace(missing), withoutTrace(known));
  }

  private static String withoutTrace(Answer answer) {
    return answer.body().replaceAll("\"trace_id\":\"[^\"]*\"", "").replaceAll("[0-9a-f-]{36}", "");
  }

  @TestFactory
  Stream<DynamicTest> nobodyGivesThemselvesWhatTheServerDecides() {
    var shopper = shop.newShopper();
    var shelf = Shelf.with(shop, 5);
    var item = "{\"product_id\":\"" + shelf.productId() + "\",\"quantity\":1";
    var payment = "],\"payment\":{\"token\":\"tok_visa\"}";
    var name = "mass-" + UUID.randomUUID().toString().substring(0, 13);
    var user = "{\"username\":\"" + name + "\",\"email\":\"" + name + "@example.org\"";
    return Stream.of(
            refused("a role", "/v1/users", user + ",\"role\":\"admin\"}", "/role"),
            refused(
                "a role in v2",
                "/v2/users",
                user.replace("email", "email_address") + ",\"role\":\"admin\"}",
                "/role"),
            refused("an id", "/v1/users", user + ",\"id\":\"" + UUID.randomUUID() + "\"}", "/id"),
            refused("an active account", "/v1/users", user + ",\"active\":true}", "/active"),
            refused("a hash", "/v1/users", user + ",\"password_hash\":\"x\"}", "/password_hash"),
            refused(
                "a price",
                "/v1/orders",
                "{\"items\":[" + item + ",\"unit_price\":1}" + payment + "}",
                "/items/0/unit_price"),
            refused(
                "a total",
                "/v1/orders",
                "{\"items\":[" + item + "}" + payment + ",\"total\":1}",
                "/total"),
            refused(
                "a status",
                "/v1/orders",
                "{\"items\":[" + item + "}" + payment + ",\"status\":\"confirmed\"}",
                "/status"),
            refused(
                "a user",
                "/v1/orders",
                "{\"items\":["
                    + item
                    + "}"
                    + payment
                    + ",\"user_id\":\""
                    + UUID.randomUUID()
                    + "\"}",
                "/user_id"),
            refused(
                "a prototype",
                "/v1/orders",
                "{\"items\":[" + item + "}" + payment + ",\"__proto__\":{}}",
                "/__proto__"))
        .map(
            attempt ->
                DynamicTest.dynamicTest(
                    attempt.name,
                    () ->
                        places
                            .of(attempt.path)
                            .forEach(place -> attempt.on(place.as(shopper.http().token())))));
  }

  private static Attempt refused(String name, String path, String body, String pointer) {
    return new Attempt(name, path, body, pointer);
  }

  private record Attempt(String name, String path, String body, String pointer) {
    void on(Http place) {
      var answer = place.post(path, body);
      assertEquals(400, answer.status(), answer::toString);
      assertEquals(pointer, answer.text("/errors/0/pointer"), answer::toString);
    }
  }

  @Test
  void twoRefundsAtOnceNeverPayBackMoreThanWasPaid() throws Exception {
    var owner = shop.newShopper();
    var order = owner.order("tok_visa", Shelf.with(shop, 5).line(1)).text("/order_id");
    var payment = owner.payment(order);
    long paid = payment.getAmount().getAmount();
    var path = "/v1/payments/" + payment.getId() + "/refunds";
    var body = "{\"amount\":" + (paid / 2 + 1) + "}";
    var tries =
        IntStream.range(0, 10)
            .<Callable<Answer>>mapToObj(
                i -> () -> shop.admin().withKey(UUID.randomUUID().toString()).post(path, body))
            .toList();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      int done = 0;
      for (var attempt : pool.invokeAll(tries)) {
        done += attempt.get().status() == 201 ? 1 : 0;
      }
      assertEquals(1, done, "refunds of more than a half each");
    }
    assertTrue(owner.payment(order).getRefunded().getAmount() <= paid);
  }

  // --- headers and paths -------------------------------------------------------------------------

  @Test
  void noHeaderButAuthorizationSaysWhoOneIs() {
    var victim = shop.newShopper();
    for (var header : List.of("X-User-Id", "X-Forwarded-User", "X-Remote-User", "From", "X-Role")) {
      places
          .of("/v1/users/me")
          .forEach(
              place -> {
                var forged = place.with(header, victim.id().toString()).get("/v1/users/me");
                assertEquals(401, forged.status(), header);
              });
    }
    var shopper = shop.newShopper();
    var me = Places.at(shop.port("gateway")).as(shopper.http().token());
    var confused = me.with("X-User-Id", victim.id().toString()).get("/v1/users/me");
    assertEquals(shopper.id().toString(), confused.text("/id"));
  }

  @TestFactory
  Stream<DynamicTest> wordsThatAreSqlAreWords() {
    var odd =
        List.of(
            "' or '1'='1",
            "'; drop table product; --",
            "%",
            "_",
            "\\",
            "x' union select 1",
            "name desc; --",
            "\u0000",
            "*/",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}");
    var parameters = List.of("q", "category", "sort", "cursor", "min_price", "limit");
    return parameters.stream()
        .flatMap(
            parameter ->
                odd.stream()
                    .map(
                        words ->
                            DynamicTest.dynamicTest(
                                parameter + "=" + words, () -> isOnlyWords(parameter, words))));
  }

  private void isOnlyWords(String parameter, String words) {
    var query = "?" + parameter + "=" + URLEncoder.encode(words, UTF_8);
    places.of("/v1/products").forEach(place -> findsNothing(place.get("/v1/products" + query)));
    var searched = query.replace("?q=", "?search=").replace("?min_price=", "?price_from=");
    places.of("/v2/products").forEach(place -> findsNothing(place.get("/v2/products" + searched)));
    var orders =
        Places.at(shop.port("gateway")).as(shop.admin().token()).get("/v1/admin/orders" + query);
    assertTrue(List.of(200, 400).contains(orders.status()), orders::toString);
  }

  /** No product has such words, so an answer that lists one has taken them for something else. */
  private static void findsNothing(Answer answer) {
    assertTrue(List.of(200, 400).contains(answer.status()), answer::toString);
    assertFalse(answer.body().contains("\"sku\""), answer::toString);
  }

  // --- passwords ---------------------------------------------------------------------------------

  @Test
  void whetherAnAccountExistsIsToldByNothing() {
    var known = new ArrayList<Long>();
    var unknown = new ArrayList<Long>();
    var bodies = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      var name = shop.newShopper().name();
      known.add(signIn(name, bodies));
      unknown.add(signIn("nobody-" + UUID.randomUUID().toString().substring(0, 13), bodies));
    }
    assertEquals(1, bodies.stream().distinct().count(), bodies::toString);
    double ratio = (double) median(known) / median(unknown);
    assertTrue(ratio > 0.5 && ratio < 2, () -> "known takes " + ratio + " of unknown");
  }

  private long signIn(String name, List<String> bodies) {
    long begun = System.nanoTime();
    var answer = shop.signIn(name, "a wrong password");
    long took = System.nanoTime() - begun;
    assertEquals(400, answer.status(), answer::toString);
    bodies.add(answer.body());
    return took;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  @Test
  void guessingIsSlowedDown() {
    var name = shop.newShopper().name();
    int guesses = 0;
    while (guesses < 30 && shop.signIn(name, "guess " + guesses).status() == 400) {
      guesses++;
    }
    assertTrue(guesses < 30, "thirty guesses in a row");
  }

  // --- what is inside ----------------------------------------------------------------------------

  @Test
  void theBrokerAsksForAPassword() throws Exception {
    for (var who : List.of("emporion:", "emporion:emporion", "guest:", "admin:admin")) {
      var factory = new ConnectionFactory();
      factory.setUri("amqp://127.0.0.1:" + shop.port("broker"));
      factory.setUsername(who.split(":")[0]);
      factory.setPassword(who.substring(who.indexOf(':') + 1));
      var refused = assertThrows(IOException.class, () -> factory.newConnection().close(), who);
      assertTrue(String.valueOf(refused.getMessage()).contains("uthentication"), refused::toString);
    }
  }

  @Test
  void tenThousandConnectionsLeaveTheShopAlive() throws Exception {
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < MANY_CONNECTIONS; i++) {
        open.add(new Socket(InetAddress.getLoopbackAddress(), shop.port("gateway")));
      }
      var health = Places.at(shop.managementPort("gateway")).get("/health/live");
      assertEquals(200, health.status(), health::toString);
      assertTrue(shop.isReady("user-service"));
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
    await("the shop answers again")
        .until(() -> Places.at(shop.port("gateway")).get("/v1/products?limit=1").status() == 200);
  }

  @Test
  void noProcessShowsASecretInItsCommandLine() throws IOException {
    var secrets = shop.secrets();
    assertFalse(secrets.isEmpty());
    for (var service : shop.services().toList()) {
      var line = shop.commandLine(service);
      for (var secret : secrets) {
        assertFalse(line.contains(secret), service);
      }
    }
  }
}
