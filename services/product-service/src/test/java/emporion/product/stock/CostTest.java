package emporion.product.stock;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.messaging.Event;
import emporion.product.Shop;
import emporion.product.stock.boundary.ConfirmedOrders;
import java.util.ArrayList;
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

  private final Shop shop = new Shop();

  @BeforeEach
  void onlyPostgresCounts() {
    assumeTrue("postgres".equals(System.getProperty("database")), "H2 does not count transactions");
  }

  @Test
  void anOrderIsOneWritingTransactionAndAPartOfOne() {
    var product = shop.stocked(1_000);
    sell(product);
    long before = shop.number("select pg_current_xact_id()::text::bigint");
    var orders = new ArrayList<Event>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(SalesTest.confirmed(SalesTest.reserved(shop, product, 1)));
    }
    shop.service.bean(ConfirmedOrders.class).on(orders);
    long written = shop.number("select pg_current_xact_id()::text::bigint") - before;
    assertTrue(written >= ORDERS + 1, "reserved, and all sold at once: " + written);
    assertTrue(written <= ORDERS + 1 + BESIDES, written + " for " + ORDERS + " orders");
  }

  /**
   * A statement whose parameters change their types is planned anew each time, under a new name.
   */
  @Test
  void noStatementIsPlannedTwiceByAConnection() {
    var product = shop.stocked(1_000);
    for (int i = 0; i < ORDERS; i++) {
      sell(product);
    }
    var twice =
        "select count(*) from (select statement from pg_prepared_statements"
            + " group by statement having count(*) > 1) planned";
    assertEquals(0, shop.number(twice));
  }

  private void sell(String product) {
    assertEquals(200, shop.anonymous.get("/v1/products?ids=" + product).status());
    var key = key();
    assertEquals(201, shop.reserve(key, lines(product, 1)).status());
    var sold = shop.saga.send("POST", "/v1/reservations/" + key + "/commit", null);
    assertEquals("committed", sold.text("/status"), sold::toString);
  }
}
