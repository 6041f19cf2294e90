package emporion.chassis.logging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestService;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Operators change for a while how much a running process says. */
class LoggersTest {
  private static final TestService SERVICE = RunningChassis.SERVICE;
  private static final int MOST = 100;
  private static final String PATH = "/loggers/emporion.tea";
  private static final System.Logger LOG = System.getLogger("emporion.tea.kettle");

  private final Http operator = SERVICE.management();

  @AfterEach
  void reset() {
    assertEquals(204, operator.delete(PATH).status());
  }

  private Http.Answer put(String query) {
    return operator.send("PUT", PATH + "?" + query, null);
  }

  @Test
  void aLevelHoldsForAWhile() {
    assertFalse(LOG.isLoggable(Level.DEBUG));
    var set = put("level=debug&duration=PT1S");
    assertEquals(200, set.status(), set::toString);
    assertEquals("DEBUG", set.text("/effectiveLevel"));
    assertTrue(Instant.parse(set.text("/until")).isBefore(Instant.now().plusSeconds(2)));
    assertTrue(LOG.isLoggable(Level.DEBUG));
    await().until(() -> !LOG.isLoggable(Level.DEBUG));
    var after = operator.get(PATH);
    assertTrue(after.at("/until").isMissingNode(), after::toString);
    assertTrue(after.at("/configuredLevel").isMissingNode(), after::toString);
  }

  @Test
  void itIsSetAnewAndTakenBack() {
    put("level=DEBUG&duration=PT1S");
    var longer = put("level=TRACE");
    var until = Instant.parse(longer.text("/until"));
    assertTrue(until.isAfter(Instant.now().plus(Duration.ofMinutes(9))), longer::toString);
    await().during(Duration.ofMillis(1_500)).until(() -> LOG.isLoggable(Level.TRACE));
    assertEquals(204, operator.delete(PATH).status());
    assertFalse(LOG.isLoggable(Level.DEBUG));
  }

  @Test
  void javaUtilLoggingFollows() {
    var log = java.util.logging.Logger.getLogger("emporion.tea.pot");
    put("level=DEBUG");
    assertTrue(log.isLoggable(java.util.logging.Level.FINE));
  }

  @Test
  void allAreTold() {
    put("level=ERROR");
    var all = operator.get("/loggers");
    assertEquals("application/json", all.header("Content-Type"));
    assertEquals("INFO", all.text("/loggers/ROOT/effectiveLevel"));
    assertEquals("ERROR", all.text("/loggers/emporion.tea/configuredLevel"));
    assertEquals("OFF", all.text("/levels/0"));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotUnderstoodChangesNothing() {
    var names = "/loggers/";
    return Stream.of(
            List.of("PUT", PATH, 400, "invalid-request"),
            List.of("PUT", PATH + "?level=LOUD", 400, "invalid-request"),
            List.of("PUT", PATH + "?level=DEBUG&duration=10", 400, "invalid-request"),
            List.of("PUT", PATH + "?level=DEBUG&duration=PT0S", 400, "invalid-request"),
            List.of("PUT", PATH + "?level=DEBUG&duration=-PT5M", 400, "invalid-request"),
            List.of("PUT", PATH + "?level=DEBUG&duration=P2D", 400, "invalid-request"),
            List.of("PUT", names + "org.hibernate?level=TRACE", 400, "invalid-request"),
            List.of("PUT", names + "ROOT?level=TRACE", 400, "invalid-request"),
            List.of("PUT", names + "a%20b?level=DEBUG", 404, "not-found"),
            List.of("PUT", names + "x".repeat(300) + "?level=DEBUG", 404, "not-found"),
            List.of("GET", names + "nobody.ever", 404, "not-found"),
            List.of("POST", PATH + "?level=DEBUG", 405, "method-not-allowed"),
            List.of("PUT", "/loggers?level=DEBUG", 405, "method-not-allowed"))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get(0) + " " + one.get(1),
                    () -> {
                      var answer =
                          operator.send(one.get(0).toString(), one.get(1).toString(), null);
                      assertEquals(one.get(2), answer.status(), answer::toString);
                      assertEquals(one.get(3), answer.problem(), answer::toString);
                      assertFalse(LOG.isLoggable(Level.DEBUG));
                    }));
  }

  @Test
  void soManyAndNoMore() {
    try {
      for (int i = 0; i < MOST; i++) {
        var name = "/loggers/emporion.cup" + i;
        assertEquals(200, operator.send("PUT", name + "?level=WARN", null).status());
      }
      assertEquals(409, put("level=WARN").status());
    } finally {
      for (int i = 0; i < MOST; i++) {
        operator.delete("/loggers/emporion.cup" + i);
      }
    }
  }

  @Test
  void nobodyFromElsewhereIsAnswered() throws Exception {
    var scraper = InetAddress.getByName("10.1.2.3");
    for (var method : List.of("GET", "PUT", "DELETE")) {
      var answer = LoggersEndpoint.answer(method, PATH, name -> "DEBUG", scraper);
      assertEquals(403, answer.status());
    }
    assertFalse(LOG.isLoggable(Level.DEBUG));
    assertEquals(404, SERVICE.anonymous().get("/loggers").status());
  }
}
