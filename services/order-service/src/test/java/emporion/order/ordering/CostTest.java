package emporion.order.ordering;

import static emporion.order.ordering.Shop.NEIGHBOURS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.order.ordering.Neighbourhood.Trouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an order costs the database, in counts that no machine changes. PostgreSQL numbers the
 * transactions that write.
 */
class CostTest {
  private static final int ORDERS = 50;

  /** Those of workers that happen to fall into the same time. */
  private static final int BESIDES = 10;

  @BeforeEach
  void onlyPostgresCounts() {
    assumeTrue("postgres".equals(System.getProperty("database")), "H2 does not count transactions");
  }

  @Test
  void anOrderIsTwoWritingTransactions() {
    place();
    long before = Shop.number("select pg_current_xact_id()::text::bigint");
    for (int i = 0; i < ORDERS; i++) {
      place();
    }
    long written = Shop.number("select pg_current_xact_id()::text::bigint") - before;
    assertTrue(written >= 2 * ORDERS, "opened and confirmed: " + written);
    assertTrue(written <= 2 * ORDERS + BESIDES, written + " for " + ORDERS + " orders");
  }

  /**
   * A statement whose parameters change their types is planned anew each time, under a new name.
   */
  @Test
  void noStatementIsPlannedTwiceByAConnection() {
    for (int i = 0; i < ORDERS; i++) {
      place();
    }
    var twice =
        "select count(*) from (select statement from pg_prepared_statements"
            + " group by statement having count(*) > 1) planned";
    assertEquals(0, Shop.number(twice));
  }

  private static void place() {
    NEIGHBOURS.upset("PUT reserve", Trouble.SOLD_BY_EVENT);
    var answer = Shop.shopper().post("/v1/orders", Shop.order(1));
    assertEquals("confirmed", answer.text("/status"), answer::toString);
  }
}
