package emporion.product.stock.boundary.v1;

import emporion.product.stock.entity.Stock;
import java.util.UUID;

/** A level as version 1 shows it. */
public record StockV1(UUID productId, long onHand, long reserved, long available, long version) {
  static StockV1 from(Stock stock) {
    return new StockV1(
        stock.productId(), stock.onHand(), stock.reserved(), stock.available(), stock.version());
  }
}
