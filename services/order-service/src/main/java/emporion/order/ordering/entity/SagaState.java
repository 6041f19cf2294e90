package emporion.order.ordering.entity;

import java.util.Locale;

/** How far the saga of an order has come. {@code CONFIRMING} is behind the point of no return. */
public enum SagaState {
  RESERVING,
  CHARGING,
  CONFIRMING,
  DONE,
  COMP_PAY,
  COMP_STOCK,
  CANCELLED;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the protocol has this transition. */
  public boolean canBecome(SagaState next) {
    return switch (this) {
      case RESERVING -> next == CHARGING || next == COMP_STOCK || next == CANCELLED;
      case CHARGING -> next == CONFIRMING || next == COMP_PAY || next == COMP_STOCK;
      case CONFIRMING -> next == DONE;
      case DONE -> next == COMP_PAY;
      case COMP_PAY -> next == COMP_STOCK;
      case COMP_STOCK -> next == CANCELLED;
      case CANCELLED -> false;
    };
  }

  /** Whether nothing is left to do. */
  public boolean ended() {
    return this == DONE || this == CANCELLED;
  }

  /** Whether the order's deadline still applies: past it, what was done is undone. */
  public boolean expires() {
    return this == RESERVING || this == CHARGING;
  }
}
