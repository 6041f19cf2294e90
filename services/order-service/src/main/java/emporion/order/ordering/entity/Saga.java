package emporion.order.ordering.entity;

import java.util.UUID;

/**
 * Where the fulfilment of one order stands, as one worker has read it.
 *
 * @param version a transition counts only if this is still the row's
 * @param attempt failed attempts at the present state
 * @param overdue whether the order's deadline has passed by the database's clock
 * @param committed whether the stock was sold before the order was called off
 * @param reason why it is being cancelled; null while it is not
 * @param paymentToken null once the order has ended
 */
public record Saga(
    UUID orderId,
    SagaState state,
    long version,
    int attempt,
    boolean overdue,
    boolean committed,
    Reason reason,
    String paymentToken) {
  /** The first state of a new order. */
  public static Saga begun(UUID orderId, String paymentToken) {
    return new Saga(orderId, SagaState.RESERVING, 0, 0, false, false, null, paymentToken);
  }

  /** Whether it is too late to go on and early enough to go back. */
  public boolean expired() {
    return overdue && state.expires();
  }

  /** Names the reservation at product-service; the same for each attempt. */
  public String reserveKey() {
    return orderId + ":reserve";
  }

  /** Names the charge at payment-service; the same for each attempt. */
  public String chargeKey() {
    return orderId + ":charge";
  }

  /** What comes next, with a note for the timeline. */
  public Transition to(SagaState next, String step, String outcome) {
    return to(next, step, outcome, null, reason);
  }

  /** What comes next when the order is called off for a reason. */
  public Transition to(SagaState next, String step, String outcome, String detail, Reason why) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException(state + " can't become " + next);
    }
    return new Transition(this, next, step, outcome, detail, why);
  }

  /**
   * A step to be stored by compare-and-set.
   *
   * @param from what the worker had read
   */
  public record Transition(
      Saga from, SagaState to, String step, String outcome, String detail, Reason reason) {}
}
