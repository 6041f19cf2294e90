package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.client.api.ProductsV1Api;
import emporion.client.api.StockV1Api;
import emporion.client.model.Money;
import emporion.client.model.ProductRequestV1;
import emporion.client.model.StockV1;
import java.time.Duration;
import java.util.UUID;

/** A product that a test has for itself. */
public record Shelf(Client keeper, UUID id, long price) {

  /** Puts a new product on sale. */
  public static Shelf with(Shop shop, long onHand) {
    var sku = "TOUR-" + UUID.randomUUID().toString().substring(0, 13);
    long price = 1_250;
    var wanted =
        new ProductRequestV1()
            .sku(sku)
            .name("Tour " + sku)
            .category("Tour")
            .price(new Money().amount(price).currency("EUR"))
            .onHand(onHand);
    var keeper = shop.keeper();
    var product = keeper.ask(ProductsV1Api.class, api -> api.createProductV1(wanted, sku));
    return new Shelf(keeper, product.getId(), price);
  }

  public String productId() {
    return id.toString();
  }

  public Shopper.Line line(int quantity) {
    return new Shopper.Line(productId(), quantity);
  }

  /**
   * Once all that was confirmed is sold, which follows the orders by the event that tells of them.
   */
  Shelf settled() {
    await("the sale of what is reserved")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertEquals(0, reserved()));
    return this;
  }

  long onHand() {
    return level().getOnHand();
  }

  long reserved() {
    return level().getReserved();
  }

  /** What a shopper sees of it. */
  long available() {
    return keeper.ask(ProductsV1Api.class, api -> api.getProductV1(id, null)).getAvailable();
  }

  private StockV1 level() {
    return keeper.ask(StockV1Api.class, api -> api.getStockV1(id, null));
  }
}
