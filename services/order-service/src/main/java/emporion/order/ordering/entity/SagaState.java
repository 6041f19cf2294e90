package emporion.order.ordering.entity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How far the saga of an order has come. {@code CONFIRMING} is behind the point of no return. */
public enum SagaState {
  /**
   * The stock may be reserved and the card charged: both repeat by their keys, so a worker stores
   * neither before it knows what came of both.
   */
  BUYING,
  /**
   * The stock may be reserved, and nothing is charged. Where earlier releases began; it is kept for
   * orders that one of them began, or begins while both run.
   */
  RESERVING,
  /** The stock is reserved, and the card may be charged: what became of that was not known. */
  CHARGING,
  CONFIRMING,
  DONE,
  COMP_PAY,
  COMP_STOCK,
  CANCELLED;

  /** As others see it: a step that is not stored can't be told from one that was not taken. */
  public SagaState shown() {
    return this == BUYING ? RESERVING : this;
  }

  /** The name in JSON. */
  public String wire() {
    return shown().name().toLowerCase(Locale.ROOT);
  }

  /** All states by their names in JSON. */
  public static Map<String, Set<SagaState>> byWire() {
    return Arrays.stream(values())
        .collect(groupingBy(SagaState::wire, LinkedHashMap::new, toUnmodifiableSet()));
  }

  /** Whether the protocol has this transition. */
  public boolean canBecome(SagaState next) {
    return switch (this) {
      case BUYING -> next == CHARGING || next == COMP_PAY || next == CANCELLED;
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
    return this == BUYING || this == RESERVING || this == CHARGING;
  }
}
