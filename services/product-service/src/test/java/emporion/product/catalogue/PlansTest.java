package emporion.product.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.testkit.Plans;
import emporion.product.Shop;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A page of the list costs as much in a catalogue of a hundred as in one of 50,000: H2 walks along
 * an index until the page is full, or looks at what has the words alone.
 */
class PlansTest {
  private static final String[] CATALOGUE = {
    """
    insert into product (id, sku, name, name_key, description, category, price_amount,
      price_currency, status, search_text, version, sku_key, category_key, indexed_version)
    select random_uuid(), 'P-' || x, 'plan ' || x, 'plan ' || x, '', 'plans', x, 'EUR',
      'PUBLISHED', 'plan ' || x, 0, 'p-' || x, 'plans', 0 from system_range(1, 2000) as r(x)\
    """,
    """
    insert into stock (product_id, on_hand, reserved, version, news, sold)
    select id, 1, 0, 0, 0, mod(price_amount, 7) from product where category_key = 'plans'\
    """,
    "insert into product_word select 'plan', id from product where category_key = 'plans'",
    "insert into word_part values ('706c616e', 'plan'), ('6c616e', 'plan')"
  };
  private static final String[] END = {
    "delete from word_part where word = 'plan'",
    "delete from product_word where word = 'plan'",
    "delete from stock where product_id in (select id from product where category_key = 'plans')",
    "delete from product where category_key = 'plans'"
  };

  private static final String PRODUCTS = "select %product p%stock %fetch first%";

  private final Shop shop = new Shop();

  @BeforeEach
  void fill() {
    assumeTrue(Plans.areThere(), "the plans of H2");
    Stream.of(CATALOGUE).forEach(shop::sql);
  }

  @AfterEach
  void empty() {
    Stream.of(END).forEach(shop::sql);
  }

  @Test
  void eachPageOfEachOrderIsReadAlongItsIndex() throws SQLException {
    var indexes =
        Map.of(
            "sort=name", "product_by_name",
            "sort=-name", "product_by_name",
            "sort=price", "product_by_price",
            "sort=-price", "product_by_price",
            "sort=newest", "product_by_age",
            "sort=recommended", "stock_by_sold",
            "category=plans", "product_by_category",
            "category=plans&sort=-name", "product_by_category");
    for (var order : indexes.entrySet()) {
      var path = "/v1/products?limit=20&" + order.getKey();
      plans().assertPagesWalk(shop.anonymous, path, PRODUCTS, order.getValue() + ":");
    }
  }

  @Test
  void aSearchLooksAtWhatHasItsWordsAlone() throws SQLException {
    for (var words : List.of("plan", "lan", "plan+plan", "paln", "nothing")) {
      for (var plan : plans().of(shop.anonymous, "/v1/products?limit=20&q=" + words, PRODUCTS)) {
        assertTrue(plan.contains("id IN(SELECT DISTINCT"), () -> words + "\n" + plan);
        assertFalse(plan.contains("product_by_"), () -> words + "\n" + plan);
        assertFalse(plan.contains("tableScan"), () -> words + "\n" + plan);
        assertFalse(plan.contains("word_part_begins */"), () -> words + "\n" + plan);
      }
    }
    assertEquals(20, shop.anonymous.get("/v1/products?limit=20&q=paln").at("/items").size());
  }

  @Test
  void aPageOfAdjustmentsIsReadAlongTheirIndex() throws SQLException {
    var id = shop.stocked(1);
    for (int i = 0; i < 3; i++) {
      shop.manager.post(
          "/v1/stock/" + id + "/adjustments", "{\"delta\":1,\"reason\":\"received\"}");
    }
    var path = "/v1/stock/" + id + "/adjustments?limit=2";
    plans()
        .assertPagesWalk(
            shop.manager, path, "%stock_adjustment %fetch first%", "stock_adjustment_of:");
  }

  @Test
  void whatIsHeldIsFoundAmongTheSold() throws SQLException {
    var path = "/v1/reservations?held_before=2026-01-31T12:00:00Z";
    plans()
        .assertWalks(shop.saga, path, "%from reservation%fetch first%", "reservation_by_status:");
  }

  private static Plans plans() {
    return new Plans(CDI.current().select(DataSource.class, NamedLiteral.of("db")).get());
  }
}
