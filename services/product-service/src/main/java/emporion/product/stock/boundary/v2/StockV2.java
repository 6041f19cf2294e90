package emporion.product.stock.boundary.v2;

import emporion.product.stock.entity.Stock;
import java.util.UUID;

/** A level as version 2 shows it; how often it changed is in its entity tag. */
public record StockV2(UUID productId, long onHand, long reserved, long available) {
  static StockV2 from(Stock stock) {
    return new StockV2(stock.productId(), stock.onHand(), stock.reserved(), stock.available());
  }
}
