package emporion.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.ConnectionFactory;
import emporion.chassis.testkit.Http;
import emporion.tour.RunningShop;
import emporion.tour.Shelf;
import emporion.tour.Shop;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Secrets with a mark on them go through the shop, on the ways that succeed and on those that fail;
 * then logs, events, metrics and answers are searched for each of them.
 */
@Order(42)
@ExtendWith(RunningShop.class)
class CanariesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern LINK = Pattern.compile("#/reset/([0-9a-f-]{36}\\.[\\w-]+)");

  private final Shop shop;
  private final Map<String, String> canaries = new LinkedHashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();

  CanariesIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void noSecretIsFoundWhereItDoesNotBelong() throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri("amqp://127.0.0.1:" + shop.port("broker"));
    factory.setUsername("emporion");
    factory.setPassword(shop.secret("EMPORION_BROKER_PASSWORD"));
    try (var connection = factory.newConnection("canaries");
        var channel = connection.createChannel()) {
      var queue = channel.queueDeclare().getQueue();
      channel.queueBind(queue, "emporion.events", "#");
      channel.basicConsume(
          queue,
          true,
          (tag, event) -> events.add(event.getProperties() + new String(event.getBody(), UTF_8)),
          tag -> {});
      live();
    }
    assertTrue(events.size() > 3, events::toString);
    shop.secrets()
        .forEach(secret -> canaries.put("a secret of the shop " + secret.length(), secret));
    search("an event", String.join("\n", events));
    search("an answer", String.join("\n", answers));
    searchLogs();
    searchMetrics();
  }

  /** A customer's life, with all that goes wrong in one. */
  private void live() {
    var mark = UUID.randomUUID().toString().substring(0, 8);
    var name = "canary-" + mark;
    var password = canary("the password", "canary-password-" + mark);
    var wrong = canary("a wrong password", "canary-wrong-" + mark);
    var next = canary("the next password", "canary-next-" + mark);
    var anybody = Http.to(shop.gateway());
    var address = name + "@example.org";
    keep(
        anybody.post(
            "/v1/users",
            "{\"username\":\"%s\",\"email\":\"%s\",\"password\":\"%s\"}"
                .formatted(name, address, password)));
    keep(
        anybody.post(
            "/v1/users",
            "{\"username\":\"%s\",\"email\":\"%s\",\"password\":\"%s\",\"x\":1}"
                .formatted(name, address, password)));
    keep(shop.signIn(name, wrong));
    var session = shop.signIn(name, password);
    canary("an access token", session.text("/access_token"));
    canary("a refresh token", session.text("/refresh_token"));
    var me = anybody.as(session.text("/access_token"));
    keep(anybody.as(session.text("/access_token") + "x").get("/v1/orders"));
    buy(me, mark);
    reset(anybody, address, next);
  }

  private void buy(Http me, String mark) {
    var item = "{\"product_id\":\"" + Shelf.with(shop, 5).productId() + "\",\"quantity\":1}";
    var card = canary("a card token", "tok_canary" + mark);
    var number = canary("a card number", "4111111111111111");
    for (var token : List.of("tok_mastercard", "tok_visa_declined", card, number)) {
      keep(
          me.post(
              "/v1/orders",
              "{\"items\":[" + item + "],\"payment\":{\"token\":\"" + token + "\"}}"));
    }
    canary("a card that paid", "tok_mastercard");
    canary("a card that was declined", "tok_visa_declined");
  }

  private void reset(Http anybody, String address, String password) {
    assertEquals(
        202,
        anybody.post("/v2/password-resets", "{\"email_address\":\"" + address + "\"}").status());
    var token =
        await("the link in the mail")
            .atMost(PATIENCE)
            .until(() -> link(address), link -> !link.isEmpty());
    canary("a link", token.substring(token.indexOf('.') + 1));
    var body = "{\"token\":\"" + token + "\",\"password\":\"" + password + "\"}";
    assertEquals(204, anybody.post("/v2/password-resets/redemptions", body).status());
    keep(anybody.post("/v2/password-resets/redemptions", body));
  }

  /** Long lines of a mail are folded with an equals sign. */
  private String link(String address) {
    return shop.mails().stream()
        .filter(mail -> mail.contains(address))
        .map(mail -> LINK.matcher(mail.replaceAll("=\r?\n", "").replace("=3D", "=")))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElse("");
  }

  private String canary(String name, String value) {
    canaries.put(name, value);
    return value;
  }

  private void keep(Http.Answer answer) {
    answers.add(answer.body());
  }

  private void searchLogs() throws IOException {
    try (var logs = Files.newDirectoryStream(shop.data().resolve("logs"))) {
      for (var log : logs) {
        search(log.getFileName().toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void searchMetrics() {
    shop.services()
        .filter(service -> !service.equals("broker"))
        .forEach(
            service -> {
              var uri = URI.create("http://127.0.0.1:" + shop.managementPort(service));
              search("the metrics of " + service, Http.to(uri).get("/metrics").body());
            });
  }

  private void search(String where, String text) {
    canaries.forEach(
        (name, value) -> {
          int at = text.indexOf(value);
          assertTrue(
              at < 0,
              () -> name + " is in " + where + ": " + text.substring(Math.max(0, at - 200), at));
        });
  }
}
