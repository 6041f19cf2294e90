package emporion.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.data.Housekeeping;
import emporion.chassis.testkit.TestService;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the chassis does in a running service, whichever it is. */
class HousekeepingTest {
  private final TestService service = new Issuer().service();

  @Test
  void aKeyIsKeptFor48Hours() {
    var name = "k" + UUID.randomUUID().toString().replace("-", "");
    var keyed = service.anonymous().withKey(name);
    var body = "{\"username\":\"" + name + "\",\"email\":\"" + name + "@example.org\"}";
    assertEquals(201, keyed.post("/v1/users", body).status());

    service.bean(Housekeeping.class).sweep(Instant.now().plus(Duration.ofHours(47)));
    assertEquals("true", keyed.post("/v1/users", body).header("Idempotent-Replayed"));
    service.bean(Housekeeping.class).sweep(Instant.now().plus(Duration.ofHours(49)));
    assertEquals("username-taken", keyed.post("/v1/users", body).problem());
  }

  @Test
  void theOutboxIsSeenInTheMetrics() {
    assertTrue(service.management().get("/metrics").body().contains("outbox_waiting_events"));
  }
}
