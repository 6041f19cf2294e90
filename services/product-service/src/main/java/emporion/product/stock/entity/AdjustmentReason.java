package emporion.product.stock.entity;

import java.util.Locale;

/** Why the pieces on hand changed without a sale. */
public enum AdjustmentReason {
  RECEIVED,
  DAMAGED,
  LOST,
  COUNTED,
  RETURNED,
  OTHER,
  IMPORT;

  /** Whether a person may give this reason; an import is what a file did. */
  public boolean byHand() {
    return this != IMPORT;
  }

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
