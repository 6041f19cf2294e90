package emporion.product.stock.entity;

import java.util.Locale;

/** What shoppers are told of a level besides the number. */
public enum Availability {
  IN_STOCK,
  LOW,
  SOLD_OUT;

  /** So few pieces and fewer are low. */
  private static final long FEW = 9;

  /** The word for so many pieces that can be ordered. */
  public static Availability of(long available) {
    if (available == 0) {
      return SOLD_OUT;
    }
    return available <= FEW ? LOW : IN_STOCK;
  }

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
