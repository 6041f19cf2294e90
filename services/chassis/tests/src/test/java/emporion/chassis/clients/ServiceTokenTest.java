package emporion.chassis.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.problem.Problem;
import emporion.chassis.testkit.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a service comes to its own token, and what the issuer's moods do to those who wait. */
class ServiceTokenTest {
  /** REST clients need its container. */
  private static final TestService SERVICE = RunningChassis.SERVICE;

  private final AtomicInteger issued = new AtomicInteger();
  private final CountDownLatch silence = new CountDownLatch(1);
  private final HttpServer issuer;
  private volatile int status = 200;
  private volatile boolean silent;
  private volatile int lifetime = 900;

  ServiceTokenTest() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    issuer.createContext("/token", this::answer);
    issuer.start();
  }

  @AfterEach
  void end() {
    silence.countDown();
    issuer.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (silent) {
      try {
        silence.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try (exchange) {
      var body =
          "{\"access_token\":\"t%d\",\"token_type\":\"bearer\",\"expires_in\":%d}"
              .formatted(issued.incrementAndGet(), lifetime)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private ServiceToken token() {
    var uri = URI.create("http://127.0.0.1:" + issuer.getAddress().getPort());
    assertEquals(200, SERVICE.management().get("/health/started").status());
    return new ServiceToken(uri, "/token", "fixture", Optional.of("secret"));
  }

  @Test
  void itIsKept() {
    var token = token();
    assertEquals("t1", token.value());
    assertEquals("t1", token.value());
    assertEquals(1, issued.get());
  }

  @Test
  void whoeverWaitsForASilentIssuerCanBeInterrupted() throws InterruptedException {
    silent = true;
    var token = token();
    var ended = new CountDownLatch(8);
    var waiting =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              assertThrows(Problem.class, token::value);
                              ended.countDown();
                            }))
            .toList();
    await().until(() -> waiting.stream().allMatch(ServiceTokenTest::waits));
    waiting.forEach(Thread::interrupt);
    assertTrue(ended.await(4, TimeUnit.SECONDS), "sooner than without");
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        || thread.getState() == Thread.State.WAITING;
  }

  /** One after the other, each for as long as an answer may take, would be minutes. */
  @Test
  void manyWhoWaitForASilentIssuerGiveUpTogether() throws InterruptedException {
    silent = true;
    var token = token();
    var ended = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                assertEquals(503, assertThrows(Problem.class, token::value).status());
                ended.countDown();
              });
    }
    assertTrue(ended.await(15, TimeUnit.SECONDS));
  }

  @Test
  void anIssuerThatIsAwayTakesNobodyATokenThatStillCounts() {
    lifetime = 30;
    var token = token();
    assertEquals("t1", token.value());
    status = 503;
    assertEquals("t1", token.value());
    status = 200;
    await().until(() -> !token.value().equals("t1"));
  }

  /** As when its key was revoked. */
  @Test
  void oneThatANeighbourRefusesIsReplaced() {
    var token = token();
    var first = token.value();
    token.refused(first);
    await().until(() -> !token.value().equals(first));
    token.refused(first);
    assertEquals("t2", token.value());
  }
}
