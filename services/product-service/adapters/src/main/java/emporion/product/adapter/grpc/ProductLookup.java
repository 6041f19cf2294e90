package emporion.product.adapter.grpc;

import java.util.List;
import java.util.UUID;

/** Where the endpoint finds the products that it shows. The service has the one implementation. */
public interface ProductLookup {
  /** How many products are looked up at once. */
  int MAX_IDS = 100;

  /**
   * The published ones among these, in no order.
   *
   * @param ids at most {@value #MAX_IDS}
   */
  List<Found> published(List<UUID> ids);

  /**
   * A product as far as {@code product.v1.Product} tells of one.
   *
   * @param amount in minor units of the currency (ISO 4217)
   */
  record Found(UUID id, String name, long amount, String currency, long available) {}
}
