package emporion.payment.sandbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import emporion.chassis.testkit.Http.Answer;
import emporion.payment.Till;
import emporion.payment.charges.control.PaymentProvider.ChargeAnswer.Captured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The network's own word settles a payment once, and nobody else's word does. */
class WebhookTest {
  private static final Signature TRUE = new Signature(Till.WEBHOOK_SECRET);

  private final Till till = new Till();

  private static String captured(String key) {
    return "{\"id\":\"%s\",\"type\":\"charge.captured\",\"key\":\"%s\",\"reference\":\"ch_1\",\"card\":\"visa\"}"
        .formatted(UUID.randomUUID(), key);
  }

  private static String signed(String body) {
    return TRUE.of(body.getBytes(StandardCharsets.UTF_8), Instant.now());
  }

  private Answer send(String body, String signature) {
    return till.service
        .anonymous()
        .with(Signature.HEADER, signature)
        .post("/v1/webhooks/sandbox", body);
  }

  private String pending() {
    var key = Till.key();
    assertEquals(504, till.put(key, Till.charge("tok_timeout")).status());
    return key;
  }

  @Test
  void aPendingPaymentIsCapturedOnce() {
    var key = pending();
    var message = captured(key);
    assertEquals(204, send(message, signed(message)).status());
    assertEquals(204, send(message, signed(message)).status());
    assertEquals("captured", till.status(key));
    var payment = till.orders.get("/v1/charges/" + key).text("/payment_id");
    assertEquals(List.of("payment_captured"), till.events(payment));
  }

  @Test
  void aPendingPaymentIsDeclined() {
    var key = pending();
    var message =
        "{\"id\":\"%s\",\"type\":\"charge.declined\",\"key\":\"%s\",\"reason\":\"expired_card\"}"
            .formatted(UUID.randomUUID(), key);
    assertEquals(204, send(message, signed(message)).status());
    assertEquals("declined", till.status(key));
  }

  @Test
  void aVoidedPaymentStaysVoided() {
    var key = pending();
    await().until(() -> till.undo(key).status() == 200);
    var message = captured(key);
    assertEquals(204, send(message, signed(message)).status());
    assertEquals("voided", till.status(key));
  }

  @Test
  void whatIsNoNewsIsTakenAndForgotten() {
    for (var message :
        new String[] {captured(Till.key()), captured("x").replace("captured", "x")}) {
      assertEquals(204, send(message, signed(message)).status());
    }
  }

  @Test
  void onlyTheSecretAndThePresentProve() {
    var key = pending();
    var message = captured(key);
    var bytes = message.getBytes(StandardCharsets.UTF_8);
    for (var bad :
        new String[] {
          "x",
          "t=1,v1=",
          new Signature("another").of(bytes, Instant.now()),
          TRUE.of(bytes, Instant.now().minus(Duration.ofMinutes(6))),
          TRUE.of(bytes, Instant.now().plus(Duration.ofMinutes(6))),
          signed(message + " ")
        }) {
      var answer = send(message, bad);
      assertEquals(403, answer.status(), bad);
      assertEquals("bad-signature", answer.problem());
    }
    assertEquals(403, till.service.anonymous().post("/v1/webhooks/sandbox", message).status());
    assertEquals("pending", till.status(key));
  }

  @Test
  void whatCantBeReadIsRefused() {
    var incomplete = captured("x").replace("\"visa\"", "null");
    for (var body : new String[] {"", "null", "[]", "{", "{}", "{\"id\":1}", incomplete}) {
      var answer = send(body, signed(body));
      assertEquals(400, answer.status(), body);
      assertEquals("invalid-request", answer.problem());
    }
  }

  @Test
  void theSandboxSaysWhatItChargedUntilItIsHeard() throws IOException, InterruptedException {
    var heard = new LinkedBlockingQueue<String>();
    var statuses = new LinkedBlockingQueue<>(List.of(500, 204));
    var merchant = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    merchant.createContext(
        "/",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          var proof = exchange.getRequestHeaders().getFirst(Signature.HEADER);
          if (TRUE.proves(proof, body, Instant.now(), Duration.ofMinutes(1))) {
            heard.add(new String(body, StandardCharsets.UTF_8));
          }
          exchange.sendResponseHeaders(statuses.remove(), -1);
          exchange.close();
        });
    merchant.start();
    try {
      var uri = URI.create("http://127.0.0.1:" + merchant.getAddress().getPort());
      new Webhooks(uri, Optional.of(Till.WEBHOOK_SECRET))
          .captured(pending(), new Captured("ch_1", "visa"));
    } finally {
      merchant.stop(0);
    }
    var first = heard.poll(1, TimeUnit.SECONDS);
    assertEquals(first, heard.poll(1, TimeUnit.SECONDS));
    assertEquals(204, send(first, signed(first)).status());
    await().until(() -> till.status(key(first)).equals("captured"));
  }

  private static String key(String message) {
    return message.replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
  }
}
