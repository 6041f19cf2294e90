package emporion.order.ordering.control;

import emporion.chassis.messaging.Outbox;
import emporion.order.ordering.control.OrderRefused.TooManyUnpaid;
import emporion.order.ordering.entity.OperatorAction;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderStatus;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.Saga.Transition;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The transactions of ordering: what is stored together. None of them calls anybody, so none of
 * them is open while a neighbour thinks.
 */
@ApplicationScoped
@Transactional
public class OrderTransactions {
  /** What a customer is told to wait; the oldest of the orders that count may be over by then. */
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private OrderRepository orders;
  private SagaRepository sagas;
  private Outbox outbox;
  private Event<Ended> ends;
  private int mostUnpaid;
  private Duration unpaidWindow;

  OrderTransactions() {}

  @Inject
  OrderTransactions(
      OrderRepository orders,
      SagaRepository sagas,
      Outbox outbox,
      Event<Ended> ends,
      @ConfigProperty(name = "emporion.order.unpaid.most") int mostUnpaid,
      @ConfigProperty(name = "emporion.order.unpaid.window") Duration unpaidWindow) {
    this.orders = orders;
    this.sagas = sagas;
    this.outbox = outbox;
    this.ends = ends;
    this.mostUnpaid = mostUnpaid;
    this.unpaidWindow = unpaidWindow;
  }

  /**
   * The order, its saga and the event that tells of it: all or none. Its customer is held
   * meanwhile, or of several orders at once each would see the bound kept without the others.
   *
   * @throws OrderRefused for a customer who keeps stock from others without paying
   */
  void open(Order order, String key, String requestHash, String paymentToken, Duration deadline) {
    orders.hold(order.userId());
    if (orders.unpaid(order.userId(), Instant.now().minus(unpaidWindow)) >= mostUnpaid) {
      throw new OrderRefused(new TooManyUnpaid(PAUSE));
    }
    orders.add(order, key, requestHash);
    sagas.begin(order.id(), paymentToken, deadline);
    orders.note(order.id(), 0, "place", "done", null, null);
    outbox.record("order_created", order.id(), 0, OrderEvent.of(order));
  }

  /** A transition with everything that belongs to it; empty where somebody else was faster. */
  Optional<Saga> advance(Transition transition, Order order) {
    var advanced = sagas.advance(transition);
    advanced.ifPresent(saga -> record(transition, saga, order));
    return advanced;
  }

  private void record(Transition transition, Saga saga, Order order) {
    orders.note(transition.steps());
    if (transition.refunded() > 0) {
      orders.refunded(saga.orderId(), transition.refunded());
    }
    if (saga.state() == SagaState.DONE) {
      confirmed(order, saga);
    } else if (saga.state() == SagaState.CANCELLED) {
      cancelled(saga, transition.told());
    }
  }

  private void confirmed(Order order, Saga saga) {
    orders.confirm(order.id());
    var event = OrderEvent.of(order.confirmed(saga.version()));
    outbox.record("order_confirmed", order.id(), saga.version(), event);
    ends.fire(new Ended(OrderStatus.CONFIRMED, null));
  }

  /** Read anew: what went back has been counted since a worker has read it. */
  private void cancelled(Saga saga, boolean told) {
    var reason = saga.cancellation().reason();
    orders.cancel(saga.orderId(), reason, told);
    var event = OrderEvent.of(orders.find(saga.orderId()).orElseThrow());
    outbox.record("order_cancelled", saga.orderId(), saga.version(), event);
    ends.fire(new Ended(OrderStatus.CANCELLED, reason));
  }

  /**
   * What an operator does, with its record: all or none. It moves the saga.
   *
   * @return false where somebody else has moved the saga since it was read
   */
  boolean act(Transition transition, Order order, OperatorRecord action) {
    var moved = advance(transition, order);
    moved.ifPresent(
        saga -> {
          sagas.handOver(saga.orderId());
          sagas.record(saga.orderId(), action);
        });
    return moved.isPresent();
  }

  /**
   * The same for an action that leaves the state as it is. A retry of what is due already changes
   * nothing: no version, no record.
   */
  boolean act(Saga saga, OperatorRecord action) {
    if (action.action() == OperatorAction.RETRY && sagas.isDue(saga)) {
      return true;
    }
    var counted =
        action.action() == OperatorAction.RETRY ? sagas.hasten(saga) : sagas.acknowledge(saga);
    if (counted) {
      sagas.record(saga.orderId(), action);
      orders.note(
          saga.orderId(),
          action.versionAfter(),
          action.action().wire(),
          "requested",
          null,
          action.operatorId());
    }
    return counted;
  }

  /** Tells, after the commit, that an order came to a status. */
  record Ended(OrderStatus status, Reason reason) {}
}
