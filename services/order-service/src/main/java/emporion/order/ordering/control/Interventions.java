package emporion.order.ordering.control;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.order.ordering.control.SagaStandings.SagaFilter;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.OperatorAction;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.Saga.Transition;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.ordering.entity.SagaState;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators see of sagas and do to them. Each action is a compare-and-set on the version that
 * the operator has seen, stored with its record. It never takes a step that the saga itself could
 * not take, but for one: a compensation that the operator vouches for.
 */
@ApplicationScoped
public class Interventions {
  /** So often a compensation fails before anybody may say that it was done by other means. */
  private static final int FAILED_ENOUGH = 10;

  private OrderTransactions transactions;
  private OrderRepository orders;
  private SagaRepository sagas;
  private SagaStandings standings;
  private OrderCompletions completions;

  Interventions() {}

  @Inject
  Interventions(
      OrderTransactions transactions,
      OrderRepository orders,
      SagaRepository sagas,
      SagaStandings standings,
      OrderCompletions completions) {
    this.transactions = transactions;
    this.orders = orders;
    this.sagas = sagas;
    this.standings = standings;
    this.completions = completions;
  }

  /** A page of sagas, those of the newest orders first. */
  public Page<SagaStanding> list(SagaFilter filter, Optional<UUID> before, int limit) {
    return Page.of(
        standings.list(filter, before, limit),
        limit,
        standing -> Cursor.of(standing.saga().orderId()));
  }

  /** The saga of one order. */
  public Optional<SagaStanding> find(UUID orderId) {
    return standings.standing(orderId);
  }

  /** What happened to the order, the oldest first. */
  public List<TimelineEntry> timeline(UUID orderId) {
    return orders.timeline(orderId);
  }

  /** What operators did, the oldest first. */
  public List<OperatorRecord> actions(UUID orderId) {
    return standings.actions(orderId);
  }

  /**
   * Acts on a saga as it was seen.
   *
   * @param note null where the operator has nothing to say
   * @return false where the saga has moved since
   * @throws Refusal where the action does not fit the state
   */
  public boolean act(SagaStanding seen, OperatorAction action, String note, Operator operator) {
    var saga = seen.saga();
    if (saga.state().ended()) {
      throw new Refusal("saga-ended", "The saga has ended", "There is nothing left to act on.");
    }
    var transition = transition(seen, action, operator);
    var next = transition.map(Transition::to).orElse(saga.state());
    var entry =
        new OperatorRecord(
            null,
            operator.id(),
            operator.name(),
            action,
            note,
            saga.version(),
            saga.version() + 1,
            saga.state(),
            next);
    return transition.map(t -> move(t, entry)).orElseGet(() -> transactions.act(saga, entry));
  }

  private boolean move(Transition transition, OperatorRecord entry) {
    var orderId = transition.from().orderId();
    var order = orders.find(orderId).orElseThrow(() -> new Missing("order"));
    return transactions.act(transition, order, entry);
  }

  /** Tells whoever waits for the end of an order that an action may have ended it. */
  public void tell(UUID orderId) {
    sagas
        .find(orderId)
        .filter(s -> s.state().ended())
        .ifPresent(s -> completions.tell(orderId, null));
  }

  private static Optional<Transition> transition(
      SagaStanding seen, OperatorAction action, Operator operator) {
    return switch (action) {
      case RETRY -> Optional.empty();
      case ACKNOWLEDGE -> {
        if (!seen.needsOperator()) {
          throw new Refusal(
              "nothing-to-acknowledge", "No operator is asked for", "The flag is not set.");
        }
        yield Optional.empty();
      }
      case CANCEL -> Optional.of(cancel(seen.saga(), operator));
      case COMPENSATED_BY_HAND -> Optional.of(compensated(seen.saga()));
    };
  }

  private static Transition cancel(Saga saga, Operator operator) {
    return switch (saga.state()) {
      case RESERVING -> cancel(saga, SagaState.COMP_STOCK, operator);
      case BUYING, CHARGING -> cancel(saga, SagaState.COMP_PAY, operator);
      case CONFIRMING, DONE ->
          throw new Refusal(
              "past-the-pivot",
              "The order is past the point of no return",
              "It is paid and will be confirmed; retry it, and cancel the order once it is.");
      case COMP_PAY, COMP_STOCK, CANCELLED ->
          throw new Refusal(
              "already-cancelled", "The order is being cancelled", "It goes on by itself.");
    };
  }

  private static Transition cancel(Saga saga, SagaState next, Operator operator) {
    var why = Cancellation.askedBy(operator.id(), Reason.CANCELLED_BY_OPERATOR);
    return saga.to(next, "cancel", "requested", null, why);
  }

  /**
   * Not before the saga has failed for long: a charge that is still on its way finds no void then,
   * and ten failures take longer than any call may.
   */
  private static Transition compensated(Saga saga) {
    var compensating = saga.state() == SagaState.COMP_PAY || saga.state() == SagaState.COMP_STOCK;
    if (!compensating) {
      throw new Refusal(
          "nothing-to-compensate",
          "Nothing is being undone",
          "Only what comp_pay and comp_stock have to do can be done by hand.");
    }
    if (saga.attempt() < FAILED_ENOUGH) {
      throw new Refusal(
          "still-trying",
          "The saga may still do it by itself",
          "It has failed " + saga.attempt() + " times; wait until it has failed ten times.");
    }
    return saga.state() == SagaState.COMP_PAY
        ? saga.to(SagaState.COMP_STOCK, "void", "by_hand")
        : saga.to(SagaState.CANCELLED, "release", "by_hand");
  }

  /**
   * Who acts.
   *
   * @param id the subject of the token
   */
  public record Operator(String id, String name) {}
}
