package emporion.product.catalogue.boundary.v2;

import emporion.product.catalogue.boundary.Price;
import emporion.product.catalogue.entity.Offer;
import emporion.product.stock.entity.Availability;
import java.util.UUID;

/**
 * A product as version 2 shows it.
 *
 * @param status draft, published or retired; shoppers only ever see published ones
 */
public record ProductV2(
    UUID productId,
    String sku,
    String name,
    String description,
    String category,
    Price price,
    StockOfProductV2 stock,
    String status) {
  static ProductV2 from(Offer offer) {
    return new ProductV2(
        offer.id(),
        offer.sku(),
        offer.name(),
        offer.description(),
        offer.category(),
        Price.of(offer),
        StockOfProductV2.of(offer.available()),
        offer.status().wire());
  }

  /**
   * What is there of it.
   *
   * @param available pieces that can be ordered now
   * @param state the same in a word: in_stock, low or sold_out
   */
  public record StockOfProductV2(long available, String state) {
    static StockOfProductV2 of(long available) {
      return new StockOfProductV2(available, Availability.of(available).wire());
    }
  }
}
