package emporion.chassis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.TestService;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseCheckTest {
  private static final TestService SERVICE = RunningChassis.SERVICE;
  private static final Duration AT_ONCE = Duration.ofMillis(1_500);

  private final List<Connection> held = new ArrayList<>();

  @AfterEach
  void giveBack() throws SQLException {
    for (var connection : held) {
      connection.close();
    }
  }

  @Test
  void whoHasAllConnectionsAtWorkIsReadyAndSaysSoAtOnce() throws SQLException {
    assertEquals(200, SERVICE.management().get("/health/ready").status());
    var pool = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    int most = ConfigProvider.getConfig().getValue("emporion.database.connections", Integer.class);
    for (int i = 0; i < most; i++) {
      held.add(pool.getConnection());
    }
    assertThrows(SQLException.class, pool::getConnection, "somebody has left some");

    long begin = System.nanoTime();
    var answer = SERVICE.management().get("/health/ready");
    assertEquals(200, answer.status(), answer::toString);
    assertTrue(System.nanoTime() - begin < AT_ONCE.toNanos(), answer::toString);
  }
}
