package emporion.order.ordering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.order.ordering.Neighbourhood.Trouble;
import emporion.order.ordering.Shop;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Confirmed orders whose stock is held long after. */
class LostSalesTest {
  private static final String HELD = "GET /v1/reservations";

  private final LostSales sales = Shop.SERVICE.bean(LostSales.class);
  private String order;

  @BeforeEach
  void place() {
    Shop.NEIGHBOURS.upset("PUT reserve", Trouble.SOLD_BY_EVENT);
    var placed = Shop.shopper().post("/v1/orders", Shop.order(Shop.product(), "1"));
    assertEquals("confirmed", placed.text("/status"), placed::toString);
    order = placed.text("/order_id");
    sent(10);
  }

  /** As if the relay had sent all events of the order so many minutes ago. */
  private void sent(int minutesAgo) {
    Shop.sql(
        "update outbox set sent_at = current_timestamp - interval '%d' minute where aggregate_id = '%s'"
            .formatted(minutesAgo, order));
  }

  private String unsent() {
    var confirmed = "from outbox where aggregate_id = '%s' and sent_at is null".formatted(order);
    return Shop.number("select count(*) " + confirmed)
        + "/"
        + Shop.number("select count(*) " + confirmed + " and type = 'order_confirmed'");
  }

  @AfterEach
  void rest() {
    held();
  }

  private static void held(String... orderIds) {
    Shop.NEIGHBOURS.tell(
        HELD,
        "",
        Arrays.stream(orderIds)
            .map("{\"key\":\"%1$s:reserve\",\"order_id\":\"%1$s\"}"::formatted)
            .collect(Collectors.joining(",", "{\"items\":[", "]}")));
  }

  @Test
  void theirEventsArePublishedAgain() {
    held(order, UUID.randomUUID().toString());
    assertEquals(1, sales.look());
    assertEquals("1/1", unsent());
    assertEquals(0, sales.look(), "it is on its way");

    sent(1);
    assertEquals(0, sales.look(), "it may be under way");
    assertEquals("0/0", unsent());
  }

  @Test
  void whatIsSoldIsLeftAlone() {
    held();
    assertEquals(0, sales.look());
    assertEquals("0/0", unsent());
  }

  @Test
  void whatHoldsItsStockForAReasonIsLeftAlone() {
    held(order);
    Shop.sql("update saga set state = 'COMP_PAY' where order_id = '" + order + "'");
    try {
      assertEquals(0, sales.look());
      assertEquals("0/0", unsent());
    } finally {
      assertTrue(Shop.sql("update saga set state = 'DONE' where order_id = '" + order + "'") > 0);
    }
  }
}
