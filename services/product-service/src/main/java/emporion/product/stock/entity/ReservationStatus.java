package emporion.product.stock.entity;

import java.util.Locale;

/** How a reservation stands. */
public enum ReservationStatus {
  /** Pieces are held. */
  RESERVED,
  /** There was too little; nothing is held. */
  REFUSED,
  /** Nothing is held any more, or nothing ever may be: also the tombstone of an unknown key. */
  RELEASED,
  /** The pieces are sold. */
  COMMITTED,
  /** The pieces came back after their order was confirmed, before or after they were sold. */
  RETURNED;

  /** The legal ways on. */
  public boolean canBecome(ReservationStatus next) {
    return switch (this) {
      case RESERVED -> next == RELEASED || next == COMMITTED || next == RETURNED;
      case REFUSED -> next == RELEASED;
      case COMMITTED -> next == RETURNED;
      case RELEASED, RETURNED -> false;
    };
  }

  /** Whether pieces stand behind it, promised or sold. */
  public boolean holds() {
    return this == RESERVED || this == COMMITTED;
  }

  /**
   * The slug of the refusal to do something that this status rules out; {@code RESERVED} rules out
   * nothing.
   */
  public String slug() {
    return this == REFUSED ? "out-of-stock" : wire();
  }

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
