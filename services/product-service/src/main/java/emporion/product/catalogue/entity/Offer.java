package emporion.product.catalogue.entity;

import emporion.product.stock.entity.Stock;
import java.util.UUID;

/**
 * A product as a shopper meets it: with what is there of it.
 *
 * @param version the product's own
 * @param stockVersion that of its level, which changes with every order
 */
public record Offer(
    UUID id,
    String sku,
    String name,
    String description,
    String category,
    long priceAmount,
    String priceCurrency,
    ProductStatus status,
    long available,
    long version,
    long stockVersion) {

  /** The offer that a product and its level make. */
  public static Offer of(Product product, Stock stock) {
    var spec = product.spec();
    return new Offer(
        product.id(),
        spec.sku(),
        spec.name(),
        spec.description(),
        spec.category(),
        spec.price().amount(),
        spec.price().currency(),
        product.status(),
        stock.available(),
        product.version(),
        stock.version());
  }
}
