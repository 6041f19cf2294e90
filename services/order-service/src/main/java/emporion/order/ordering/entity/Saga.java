package emporion.order.ordering.entity;

import java.util.LinkedList;
import java.util.List;
import java.util.UUID;

/**
 * Where the saga of one order stands, as one worker has read it.
 *
 * @param version a transition counts only if this is still the row's
 * @param attempt failed attempts at the present state
 * @param overdue whether the order's deadline has passed by the database's clock
 * @param committed whether the stock was sold before the order was called off
 * @param cancellation null while it is not being cancelled
 * @param paymentToken null once the order has ended
 * @param soldByEvent whether product-service has said that it sells what it holds once it hears
 *     that the order is confirmed; known to the worker alone that has reserved
 * @param unstored the step that has led here and is stored with the next one; null where the row
 *     says the same
 */
public record Saga(
    UUID orderId,
    SagaState state,
    long version,
    int attempt,
    boolean overdue,
    boolean committed,
    Cancellation cancellation,
    String paymentToken,
    boolean soldByEvent,
    Transition unstored) {
  /** As the row says. */
  public Saga(
      UUID orderId,
      SagaState state,
      long version,
      int attempt,
      boolean overdue,
      boolean committed,
      Cancellation cancellation,
      String paymentToken) {
    this(
        orderId,
        state,
        version,
        attempt,
        overdue,
        committed,
        cancellation,
        paymentToken,
        false,
        null);
  }

  /** The first state of a new order. */
  public static Saga begun(UUID orderId, String paymentToken) {
    return new Saga(orderId, SagaState.BUYING, 0, 0, false, false, null, paymentToken);
  }

  /** After a step that is not stored by itself: the version stays that of the row. */
  public Saga after(Transition step) {
    return new Saga(
        orderId,
        step.to,
        version,
        0,
        overdue,
        committed,
        step.cancellation,
        paymentToken,
        step.from.soldByEvent,
        step);
  }

  /** The same, with what product-service has said about the sale. */
  public Saga soldByEvent(boolean so) {
    return new Saga(
        orderId,
        state,
        version,
        attempt,
        overdue,
        committed,
        cancellation,
        paymentToken,
        so,
        unstored);
  }

  /** How many steps have been taken since the row was written. */
  private int ahead() {
    return unstored == null ? 0 : 1 + unstored.from.ahead();
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
    return to(next, step, outcome, null, cancellation);
  }

  /** What comes next when the order is called off. */
  public Transition to(
      SagaState next, String step, String outcome, String detail, Cancellation why) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException(state + " can't become " + next);
    }
    return new Transition(this, next, step, outcome, detail, why, 0, false);
  }

  /**
   * A step to be stored by compare-and-set.
   *
   * @param from what the worker had read
   * @param refunded what the payment has given back in all, as far as this step knows
   * @param told whether the customer hears of it by the answer that they wait for
   */
  public record Transition(
      Saga from,
      SagaState to,
      String step,
      String outcome,
      String detail,
      Cancellation cancellation,
      long refunded,
      boolean told) {
    /** The same, with what went back to the customer in all. */
    public Transition refunding(Money all) {
      var words = all.amount() == 0 ? detail : all.words() + " went back in all";
      return new Transition(from, to, step, outcome, words, cancellation, all.amount(), told);
    }

    /** The same, told to a customer who waits. */
    public Transition told(boolean waits) {
      return new Transition(from, to, step, outcome, detail, cancellation, refunded, waits);
    }

    /** Whether it is stored with the next one alone: until then it is repeated by its key. */
    public boolean canWait() {
      return from.state == SagaState.BUYING && to == SagaState.CHARGING
          || to == SagaState.CONFIRMING && from.soldByEvent;
    }

    /** The row's version after it; each step has one of its own, also where several are stored. */
    public long version() {
      return from.version + from.ahead() + 1;
    }

    /** It, and before it those that waited for it. */
    public List<Transition> steps() {
      var steps = new LinkedList<Transition>();
      for (var step = this; step != null; step = step.from.unstored) {
        steps.addFirst(step);
      }
      return steps;
    }

    /** Who asked for this step; null where nobody did. */
    public String by() {
      return outcome.equals("requested") ? cancellation.by() : null;
    }

    /** Whether it ends an order that never came to be. */
    public boolean refuses() {
      return to == SagaState.CANCELLED && cancellation.reason().refusal();
    }
  }
}
