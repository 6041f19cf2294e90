package emporion.product.stock.control;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.product.stock.entity.Adjustment;
import emporion.product.stock.entity.AdjustmentReason;
import emporion.product.stock.entity.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What shop keepers do with levels; each change leaves a line in the audit trail. */
@ApplicationScoped
public class StockLevels {
  private StockRepository book;
  private StockNews news;

  StockLevels() {}

  @Inject
  StockLevels(StockRepository book, StockNews news) {
    this.book = book;
    this.news = news;
  }

  /** The level of a product. */
  public Optional<Stock> find(UUID productId) {
    return book.find(productId);
  }

  /**
   * Begins the level of a new product, in the transaction that makes the product.
   *
   * @param onHand 0 to {@value Stock#MAX}
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Stock open(UUID productId, long onHand, AdjustmentReason reason, String by) {
    var stock = Stock.of(productId, onHand);
    book.add(stock);
    if (onHand != 0) {
      book.add(Adjustment.of(stock, onHand, reason, null, by));
    }
    return stock;
  }

  /**
   * Corrects the pieces on hand.
   *
   * @throws Missing for an unknown product
   * @throws Refusal where the level does not allow it
   */
  @Transactional
  public Adjustment adjust(
      UUID productId, long delta, AdjustmentReason reason, String note, String by) {
    var stock =
        book.locked(List.of(productId)).stream()
            .findFirst()
            .orElseThrow(() -> new Missing("product"));
    var turn = stock.adjust(delta);
    var adjustment = Adjustment.of(stock, delta, reason, note, by);
    book.update(List.of(stock));
    book.add(adjustment);
    news.tell(stock, turn);
    return adjustment;
  }

  /** The place of the next event about a product, in the transaction that records the event. */
  @Transactional(Transactional.TxType.MANDATORY)
  public long nextNews(UUID productId) {
    return book.nextNews(productId);
  }

  /**
   * Sets the pieces on hand of several products to what a file says, in the file's transaction.
   * Levels that stand there already are not held, so that orders of them need not wait.
   *
   * @param onHand by product id, 0 to {@value Stock#MAX}
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Counted count(Map<UUID, Long> onHand, String by) {
    var tooLow = new HashMap<UUID, Long>();
    var turns = new LinkedHashMap<Stock, Stock.Turn>();
    for (var stock : book.locked(book.otherThan(onHand))) {
      long counted = onHand.get(stock.productId());
      if (counted < stock.reserved()) {
        tooLow.put(stock.productId(), stock.reserved());
      } else if (counted != stock.onHand()) {
        turns.put(stock, set(stock, counted, by));
      }
    }
    book.update(turns.keySet());
    turns.forEach(news::tell);
    return new Counted(turns.keySet().stream().map(Stock::productId).toList(), tooLow);
  }

  /**
   * What became of a count.
   *
   * @param changed the products that have another number on hand now
   * @param tooLow what is reserved of each product that was to have fewer; when it is not empty the
   *     caller rolls back
   */
  public record Counted(List<UUID> changed, Map<UUID, Long> tooLow) {}

  private Stock.Turn set(Stock stock, long counted, String by) {
    long delta = counted - stock.onHand();
    var turn = stock.adjust(delta);
    book.add(Adjustment.of(stock, delta, AdjustmentReason.IMPORT, null, by));
    return turn;
  }

  /**
   * The audit trail of a product, the newest line first.
   *
   * @throws Missing for an unknown product
   */
  public Page<Adjustment> adjustments(UUID productId, Optional<Cursor> after, int limit) {
    var lines = book.adjustments(productId, after, limit);
    if (lines.isEmpty() && book.find(productId).isEmpty()) {
      throw new Missing("product");
    }
    return Page.of(lines, limit, line -> Cursor.of(line.id()));
  }
}
