package emporion.product.stock.entity;

import emporion.chassis.refusal.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/**
 * The level of one product: pieces on hand, some of them reserved; {@code 0 <= reserved <= on hand
 * <= }{@value #MAX}. Each change is a new version; JPA reads it and writes the first one, what
 * follows is written by the statement that holds the row.
 */
@Entity
@Table(name = "stock")
public class Stock {
  /** The most pieces of one product. */
  public static final long MAX = 1_000_000_000;

  @Id
  @Column(name = "product_id")
  private UUID productId;

  @Column(name = "on_hand")
  private long onHand;

  private long reserved;
  private long sold;
  private long version;

  protected Stock() {}

  /** What a change did to those who want to buy. */
  public enum Turn {
    NONE,
    DEPLETED,
    REPLENISHED
  }

  /** The first level of a product. */
  public static Stock of(UUID productId, long onHand) {
    var stock = new Stock();
    stock.productId = productId;
    stock.onHand = onHand;
    return stock;
  }

  /** A level as its row says. */
  public static Stock stored(UUID productId, long onHand, long reserved, long sold, long version) {
    var stock = of(productId, onHand);
    stock.reserved = reserved;
    stock.sold = sold;
    stock.version = version;
    return stock;
  }

  /** Whether so many pieces can be promised to somebody. */
  public boolean covers(long quantity) {
    return quantity <= available();
  }

  /** Promises pieces; ask {@link #covers} first. */
  public Turn reserve(long quantity) {
    demand(covers(quantity));
    return change(0, quantity);
  }

  /** Takes a promise back. */
  public Turn release(long quantity) {
    demand(quantity <= reserved);
    return change(0, -quantity);
  }

  /** Hands promised pieces out for good; what can be promised stays the same. */
  public Turn sell(long quantity) {
    demand(quantity <= reserved);
    sold += quantity;
    return change(-quantity, -quantity);
  }

  /** Puts sold pieces back on the shelf. */
  public Turn takeBack(long quantity) {
    sold -= Math.min(sold, quantity);
    return change(quantity, 0);
  }

  /**
   * Corrects the pieces on hand.
   *
   * @throws Refusal where fewer than the reserved or more than {@value #MAX} would be left
   */
  public Turn adjust(long delta) {
    if (onHand + delta < reserved) {
      throw new Refusal(
          "stock-too-low",
          "Too few would be left",
          "There are " + onHand + " on hand and " + reserved + " of them are reserved.");
    }
    if (onHand + delta > MAX) {
      throw new Refusal(
          "stock-too-high", "Too many would be there", "At most " + MAX + " can be on hand.");
    }
    return change(delta, 0);
  }

  private Turn change(long onHandDelta, long reservedDelta) {
    long before = available();
    onHand += onHandDelta;
    reserved += reservedDelta;
    version++;
    if (before > 0 && available() == 0) {
      return Turn.DEPLETED;
    }
    return before == 0 && available() > 0 ? Turn.REPLENISHED : Turn.NONE;
  }

  private void demand(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("Stock of " + productId + " does not cover its reservations");
    }
  }

  public UUID productId() {
    return productId;
  }

  public long onHand() {
    return onHand;
  }

  public long reserved() {
    return reserved;
  }

  /** Pieces that were handed out and did not come back. */
  public long sold() {
    return sold;
  }

  /** What can still be promised. */
  public long available() {
    return onHand - reserved;
  }

  public long version() {
    return version;
  }
}
