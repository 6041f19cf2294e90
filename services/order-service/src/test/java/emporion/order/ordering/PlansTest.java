package emporion.order.ordering;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Plans;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page of orders or sagas costs as much among a hundred as among a million. */
class PlansTest {
  private static final String ORDERS = "select o.id%from (select * from orders%fetch first%";
  private static final String SAGAS = "select order_id, state%from saga where%fetch first%";
  private static final UUID CUSTOMER = UUID.randomUUID();
  private static final List<String> MANY =
      List.of(
          """
          insert into orders (id, user_id, idem_key, request_hash, status, currency, total, refunded,
            created_at, told)
          select random_uuid(), '%s', 'plan-' || x, 'plan', 'CONFIRMED', 'EUR', 1, 0,
            current_timestamp, false
          from system_range(1, 2000) as r(x)\
          """
              .formatted(CUSTOMER),
          """
          insert into saga (order_id, state, version, attempt, lease_until, deadline, committed,
            needs_operator)
          select id, 'DONE', 3, 0, created_at, created_at, true, false
          from orders where request_hash = 'plan'\
          """,
          """
          insert into order_line (order_id, line, product_id, name, quantity, unit_amount)
          select id, 0, id, 'plan', 1, 1 from orders where request_hash = 'plan'\
          """,
          "analyze");
  private static final List<String> NONE =
      List.of(
          "delete from order_line where name = 'plan'",
          "delete from saga where order_id in (select id from orders where request_hash = 'plan')",
          "delete from orders where request_hash = 'plan'");

  private final Http customer = Shop.SERVICE.user(CUSTOMER, "shopper");
  private final Http support = Shop.SERVICE.user("support");
  private final Http admin = Shop.SERVICE.user("admin");
  private final Plans plans =
      new Plans(CDI.current().select(DataSource.class, NamedLiteral.of("db")).get());

  @BeforeEach
  void fill() {
    assumeTrue(Plans.areThere(), "the plans of H2");
    MANY.forEach(Shop::sql);
  }

  @AfterEach
  void empty() {
    NONE.forEach(Shop::sql);
  }

  @Test
  void aPageOfOnesOwnOrdersIsReadAlongAnIndex() throws SQLException {
    var time = "&created_from=2020-01-01T00:00:00Z&created_to=2100-01-01T00:00:00Z";
    for (var path : List.of("/v1/orders?limit=2", "/v2/orders?limit=2")) {
      plans.assertPagesWalk(customer, path, ORDERS, "orders_of_user:");
      plans.assertWalks(customer, path + time, ORDERS, "orders_of_user:");
      plans.assertPagesWalk(
          customer, path + "&status=confirmed", ORDERS, "orders_of_user_by_status:");
    }
  }

  @Test
  void aPageOfAllOrdersIsReadAlongTheirIds() throws SQLException {
    for (var filter : List.of("", "&created_to=2100-01-01T00:00:00Z", "&status=confirmed")) {
      var path = "/v1/admin/orders?limit=2" + filter;
      plans.assertWalks(support, path, ORDERS, "PRIMARY_KEY");
      var next = "&cursor=" + support.get("/v1/admin/orders?limit=2").text("/next");
      if (filter.isEmpty()) {
        plans.assertWalks(support, path + next, ORDERS, "PRIMARY_KEY");
      }
    }
  }

  @Test
  void whatOnlyOpenOrdersHaveIsLookedForAmongThese() throws SQLException {
    assertAmongOpen(plans.of(support, "/v1/admin/orders?status=pending", ORDERS));
    for (var filter : List.of("needs_operator=true", "open=true", "state=charging")) {
      assertAmongOpen(plans.of(admin, "/v1/admin/sagas?" + filter, SAGAS));
    }
  }

  private static void assertAmongOpen(List<String> made) {
    for (var plan : made) {
      assertTrue(plan.contains("saga_due: next_attempt <"), plan);
      assertFalse(plan.contains("tableScan"), plan);
    }
  }

  @Test
  void aPageOfAllSagasIsReadAlongTheirIds() throws SQLException {
    plans.assertPagesWalk(admin, "/v1/admin/sagas?limit=2", SAGAS, "PRIMARY_KEY");
    plans.assertPagesWalk(admin, "/v1/admin/sagas?limit=2&state=done", SAGAS, "PRIMARY_KEY");
  }
}
