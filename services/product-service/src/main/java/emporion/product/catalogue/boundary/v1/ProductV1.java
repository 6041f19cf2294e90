package emporion.product.catalogue.boundary.v1;

import emporion.product.catalogue.boundary.Price;
import emporion.product.catalogue.entity.Offer;
import java.util.UUID;

/**
 * A product as version 1 shows it.
 *
 * @param available pieces that can be ordered now
 * @param status draft, published or retired; shoppers only ever see published ones
 */
public record ProductV1(
    UUID id,
    String sku,
    String name,
    String description,
    String category,
    Price price,
    long available,
    String status) {
  static ProductV1 from(Offer offer) {
    return new ProductV1(
        offer.id(),
        offer.sku(),
        offer.name(),
        offer.description(),
        offer.category(),
        Price.of(offer),
        offer.available(),
        offer.status().wire());
  }
}
