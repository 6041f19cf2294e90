package emporion.payment.charges;

import static emporion.payment.Till.charge;
import static emporion.payment.Till.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.payment.Till;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a charge costs the database, in counts that no machine changes. PostgreSQL numbers the
 * transactions that write.
 */
class CostTest {
  private static final int CHARGES = 50;

  /** Those of workers that happen to fall into the same time. */
  private static final int BESIDES = 10;

  private final Till till = new Till();

  @BeforeEach
  void onlyPostgresCounts() {
    assumeTrue("postgres".equals(System.getProperty("database")), "H2 does not count transactions");
  }

  @Test
  void aChargeIsThreeWritingTransactions() {
    charged();
    long before = number("select pg_current_xact_id()::text");
    for (int i = 0; i < CHARGES; i++) {
      charged();
    }
    long written = number("select pg_current_xact_id()::text") - before;
    assertTrue(written >= 3 * CHARGES, "opened, booked by the sandbox and settled: " + written);
    assertTrue(written <= 3 * CHARGES + BESIDES, written + " for " + CHARGES + " charges");
  }

  /**
   * A statement whose parameters change their types is planned anew each time, under a new name.
   */
  @Test
  void noStatementIsPlannedTwiceByAConnection() {
    for (int i = 0; i < CHARGES; i++) {
      charged();
      assertEquals(402, till.put(key(), charge("tok_visa_declined")).status());
    }
    var twice =
        "select count(*) from (select statement from pg_prepared_statements"
            + " group by statement having count(*) > 1) planned";
    assertEquals(0, number(twice));
  }

  private void charged() {
    assertEquals(201, till.put(key(), charge("tok_visa")).status());
  }

  private static long number(String query) {
    return Long.parseLong(Till.column(query).getFirst());
  }
}
