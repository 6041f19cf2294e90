package emporion.chassis.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.TestService;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may enter is said by annotations, and where nothing is said nobody may. */
class AuthorizationTest {
  private static final TestService SERVICE = RunningChassis.SERVICE;

  @Test
  void theMethodsRuleCountsBeforeThatOfItsClass() {
    entered("/v1/rooms/square", 200, 200, 200);
    entered("/v1/rooms/hall", 401, 200, 200);
    entered("/v1/rooms/store", 401, 403, 200);
    entered("/v2/rooms/store", 401, 403, 200);
    entered("/v1/rooms/cell", 401, 403, 403);
  }

  @Test
  void whatHasNoRuleIsClosed() {
    entered("/v1/rooms/forgotten", 401, 403, 403);
  }

  private static void entered(String path, int stranger, int user, int keeper) {
    var refused = SERVICE.anonymous().get(path);
    assertEquals(stranger, refused.status(), path);
    assertEquals(
        stranger == 401 ? "Bearer realm=\"emporion\"" : "",
        refused.header("WWW-Authenticate"),
        path);
    assertEquals(user, SERVICE.user("shopper").get(path).status(), path);
    assertEquals(keeper, SERVICE.user("shopper", "keeper").get(path).status(), path);
  }

  @Test
  void eachRequestSeesItsOwnToken() {
    Stream.generate(UUID::randomUUID)
        .limit(500)
        .parallel()
        .forEach(id -> assertEquals(id.toString(), SERVICE.user(id).get("/v2/rooms/hall").body()));
    assertEquals("subject null, groups []", SERVICE.anonymous().get("/v2/rooms/square").body());
  }

  @Test
  void whatTwoVersionsShareIsMeasuredInEach() {
    Stream.of("v1", "v2")
        .forEach(version -> SERVICE.anonymous().get("/" + version + "/rooms/hall"));
    var metrics = SERVICE.management().with("Accept", "text/plain").get("/metrics").body();
    assertTrue(metrics.contains("http_route=\"/v1/rooms/hall\""), metrics);
    assertTrue(metrics.contains("http_route=\"/v2/rooms/hall\""), metrics);
  }
}
