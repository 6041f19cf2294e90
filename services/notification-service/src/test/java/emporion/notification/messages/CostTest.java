package emporion.notification.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.notification.Shop;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * What a mail costs the database and the mail server, in counts that no machine changes. PostgreSQL
 * numbers the transactions that write.
 */
class CostTest {
  private static final int MAILS = 20;

  /** Those of workers that happen to fall into the same time. */
  private static final int BESIDES = 5;

  private final Shop shop = Shop.open();

  @Test
  void mailsShareAConnection() {
    shop.registered();
    int before = shop.mailbox().visits();
    for (int i = 0; i < 5; i++) {
      shop.registered();
    }
    assertEquals(before, shop.mailbox().visits());
  }

  @Test
  void aMailIsThreeWritingTransactions() throws SQLException {
    onlyPostgresCounts();
    shop.registered();
    long before = number("select pg_current_xact_id()::text::bigint");
    for (int i = 0; i < MAILS; i++) {
      shop.awaitStatuses(shop.registered(), "sent");
    }
    long written = number("select pg_current_xact_id()::text::bigint") - before;
    assertTrue(written >= 3 * MAILS, "composed, claimed and sent: " + written);
    assertTrue(written <= 3 * MAILS + BESIDES, written + " for " + MAILS + " mails");
  }

  /**
   * A statement whose parameters change their types is planned anew each time, under a new name.
   */
  @Test
  void noStatementIsPlannedTwiceByAConnection() throws SQLException {
    onlyPostgresCounts();
    for (int i = 0; i < MAILS; i++) {
      var user = shop.registered();
      shop.confirmed(user, "Cup");
      shop.mail(user, 2);
    }
    var twice =
        "select count(*) from (select statement from pg_prepared_statements"
            + " group by statement having count(*) > 1) planned";
    assertEquals(0, number(twice));
  }

  private static void onlyPostgresCounts() {
    assumeTrue("postgres".equals(System.getProperty("database")), "H2 does not count transactions");
  }

  private static long number(String query) throws SQLException {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
