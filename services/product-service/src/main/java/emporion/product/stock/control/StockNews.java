package emporion.product.stock.control;

import emporion.chassis.messaging.Outbox;
import emporion.product.stock.entity.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Tells when a product can't be bought any more and when it can again. */
@ApplicationScoped
public class StockNews {
  private StockRepository book;
  private Outbox outbox;

  StockNews() {}

  @Inject
  StockNews(StockRepository book, Outbox outbox) {
    this.book = book;
    this.outbox = outbox;
  }

  /** Records what a flushed change turned, in its transaction; most changes turn nothing. */
  void tell(Stock stock, Stock.Turn turn) {
    switch (turn) {
      case DEPLETED -> record("stock_depleted", stock);
      case REPLENISHED -> record("stock_replenished", stock);
      case NONE -> {}
    }
  }

  private void record(String type, Stock stock) {
    var data = new StockChanged(stock.productId(), stock.onHand(), stock.available());
    outbox.record(type, stock.productId(), book.nextNews(stock.productId()), data);
  }

  record StockChanged(UUID productId, long onHand, long available) {}
}
