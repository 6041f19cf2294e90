package emporion.chassis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.TestService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is old goes, however much it is, and whatever happens to the rest. */
class HousekeepingTest {
  private static final TestService SERVICE = RunningChassis.SERVICE;

  private final String consumer = UUID.randomUUID().toString();
  private final Instant longAgo =
      Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofDays(400));

  /** Fails each time. */
  @ApplicationScoped
  public static class BrokenSweep implements Sweep {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public boolean sweep(Instant now) {
      throw new IllegalStateException("I am broken");
    }
  }

  @Test
  void aBacklogGoesInBites() throws SQLException {
    seen(3 * Expiry.BATCH + 1);
    var expiry = SERVICE.bean(Expiry.class);
    var limit = longAgo.plus(Duration.ofDays(1));
    for (int left = 2 * Expiry.BATCH + 1; left > 0; left -= Expiry.BATCH) {
      assertTrue(expiry.delete("inbox", "seen_at", limit));
      assertEquals(left, seen());
    }
    assertFalse(expiry.delete("inbox", "seen_at", limit));
    assertEquals(0, seen());
  }

  @Test
  void oneThatFailsKeepsNoOtherFromItsWork() throws SQLException {
    seen(2 * Expiry.BATCH);
    var housekeeping = SERVICE.bean(Housekeeping.class);
    assertThrows(IllegalStateException.class, () -> housekeeping.sweep(Instant.now()));
    assertEquals(0, seen());
  }

  @Test
  void whatIsNotOldStays() throws SQLException {
    seen(1);
    SERVICE.bean(Expiry.class).delete("inbox", "seen_at", longAgo);
    assertEquals(1, seen());
  }

  /** Each by itself, so that none waits for another's backlog. */
  @Test
  void eachHasAWorkerOfItsOwn() {
    var metrics = SERVICE.management().with("Accept", "text/plain").get("/metrics").body();
    for (var name : new String[] {"inbox", "outbox", "idempotency_key", "broken"}) {
      assertTrue(metrics.contains("worker=\"sweep-" + name + "\""), name);
    }
  }

  private void seen(int events) throws SQLException {
    try (var connection = database().getConnection();
        var insert =
            connection.prepareStatement(
                "insert into inbox (consumer, event_id, seen_at) values (?, ?, ?)")) {
      for (int i = 0; i < events; i++) {
        insert.setString(1, consumer);
        insert.setObject(2, UUID.randomUUID());
        insert.setTimestamp(3, Timestamp.from(longAgo.plusMillis(i)));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private long seen() throws SQLException {
    try (var connection = database().getConnection();
        var query = connection.prepareStatement("select count(*) from inbox where consumer = ?")) {
      query.setString(1, consumer);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static DataSource database() {
    return CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
  }
}
