package emporion.order.ordering.control;

import static emporion.order.ordering.entity.SagaState.BUYING;
import static emporion.order.ordering.entity.SagaState.CANCELLED;
import static emporion.order.ordering.entity.SagaState.CHARGING;
import static emporion.order.ordering.entity.SagaState.COMP_PAY;
import static emporion.order.ordering.entity.SagaState.COMP_STOCK;
import static emporion.order.ordering.entity.SagaState.CONFIRMING;
import static emporion.order.ordering.entity.SagaState.DONE;
import static emporion.order.ordering.entity.SagaState.RESERVING;

import emporion.chassis.logging.LogContext;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.order.clients.Declined;
import emporion.order.clients.Payments;
import emporion.order.clients.Stock;
import emporion.order.clients.Stock.Reserved.Held;
import emporion.order.clients.Stock.Reserved.TooLittle;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.Saga.Transition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The path of an order: each step, and what undoes it.
 *
 * <pre>
 * BUYING     reserve stock    undone by COMP_STOCK  release
 * CHARGING   charge           undone by COMP_PAY    void
 * CONFIRMING sell the stock   (no way back: repeated until it is done)
 * </pre>
 *
 * <p>Every step may be repeated: its key never changes, and the neighbour stores the outcome with
 * the effect. Therefore a reservation is not stored by itself: CHARGING is only in the worker's
 * mind, and goes into the row with the end of the charge, or when that is not known. So whoever
 * reads BUYING must take the card for charged, and undoes both. A step that was refused is not
 * undone; one whose outcome is unknown is. Past its deadline an order goes no further towards the
 * charge, however long nobody could work on it.
 *
 * <p>A reservation never lapses, so the sale may follow the order: where product-service has said
 * that it sells on {@code order_confirmed}, that event, stored with the end of the charge, is all
 * that CONFIRMING does. Any other worker, one that has not reserved itself, asks for the sale.
 */
@ApplicationScoped
public class OrderSaga {
  private static final Logger LOG = System.getLogger(OrderSaga.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final int MAX_ERROR = 300;
  private static final Cancellation OUT_OF_STOCK = Cancellation.of(Reason.OUT_OF_STOCK);
  private static final Cancellation TIMED_OUT = Cancellation.of(Reason.TIMED_OUT);

  private OrderTransactions transactions;
  private OrderRepository orders;
  private SagaRepository sagas;
  private Stock stock;
  private Payments payments;
  private Outages outages;
  private OrderCompletions completions;

  OrderSaga() {}

  @Inject
  OrderSaga(
      OrderTransactions transactions,
      OrderRepository orders,
      SagaRepository sagas,
      Stock stock,
      Payments payments,
      Outages outages,
      OrderCompletions completions) {
    this.transactions = transactions;
    this.orders = orders;
    this.sagas = sagas;
    this.stock = stock;
    this.payments = payments;
    this.outages = outages;
    this.completions = completions;
  }

  private Transition step(Saga saga, Order order) {
    return switch (saga.state()) {
      case BUYING, RESERVING -> reserve(saga, order);
      case CHARGING ->
          payments
              .charge(saga, order)
              .map(no -> declined(saga, no))
              .orElseGet(() -> saga.to(CONFIRMING, "charge", "done"));
      case CONFIRMING -> {
        if (!saga.soldByEvent()) {
          stock.commit(saga);
        }
        yield saga.to(DONE, "confirm", "done");
      }
      case COMP_PAY -> saga.to(COMP_STOCK, "void", "done").refunding(payments.undo(saga, order));
      case COMP_STOCK -> {
        if (saga.committed()) {
          stock.takeBack(saga);
        } else {
          stock.release(saga);
        }
        yield saga.to(CANCELLED, "release", "done");
      }
      case DONE, CANCELLED -> throw new IllegalStateException("Nothing is left to do");
    };
  }

  private Transition reserve(Saga saga, Order order) {
    return switch (stock.reserve(saga, order.lines())) {
      case Held(var soldByEvent) -> saga.soldByEvent(soldByEvent).to(CHARGING, "reserve", "done");
      case TooLittle(var why) -> saga.to(CANCELLED, "reserve", "refused", why, OUT_OF_STOCK);
    };
  }

  private static Transition declined(Saga saga, Declined no) {
    return saga.to(
        COMP_STOCK, "charge", "refused", no.getMessage(), Cancellation.declined(no.decline()));
  }

  /** Past the deadline, and before the point of no return, what may have been done is undone. */
  private static Transition giveUp(Saga saga) {
    return switch (saga.state()) {
      case RESERVING -> saga.to(COMP_STOCK, "reserve", "timed_out", null, TIMED_OUT);
      case BUYING -> saga.to(COMP_PAY, "reserve", "timed_out", null, TIMED_OUT);
      default -> saga.to(COMP_PAY, "charge", "timed_out", null, TIMED_OUT);
    };
  }

  /**
   * Moves an order on as far as it goes now; whoever waits for its end hears of it. What fails here
   * is logged and taken up again when the lease has ended.
   */
  void run(UUID orderId) {
    try {
      var saga = sagas.find(orderId);
      var order = orders.find(orderId);
      if (saga.isPresent() && order.isPresent()) {
        follow(saga.get(), order.get());
      }
    } catch (Exception e) {
      later(orderId, e);
    }
  }

  /** The same for what has just been read or written. */
  void run(Saga saga, Order order) {
    try {
      follow(saga, order);
    } catch (Exception e) {
      later(order.id(), e);
    }
  }

  /** Not only a RuntimeException: a failed commit is a checked one that no method declares. */
  private static void later(UUID orderId, Exception failure) {
    LOG.log(Level.WARNING, "Order " + orderId + " is taken up again later", failure);
  }

  private void follow(Saga start, Order order) {
    var span = Span.start(Kind.INTERNAL, "order saga").with("order.id", order.id());
    try {
      span.run(() -> steps(start, order));
    } finally {
      span.end();
    }
  }

  private void steps(Saga start, Order order) {
    LogContext.put("order_id", order.id().toString());
    var saga = Optional.of(start);
    while (saga.isPresent() && !saga.get().state().ended()) {
      saga = move(saga.get(), order);
    }
    saga.ifPresent(end -> completions.tell(order.id(), ended(order, end)));
  }

  /** The order as it stands now, as far as this worker knows; a cancelled one has to be read. */
  private static Order ended(Order order, Saga end) {
    return end.state() == DONE ? order.confirmed(end.version()) : null;
  }

  private Optional<Saga> move(Saga saga, Order order) {
    if (saga.expired()) {
      return transactions.advance(giveUp(saga), order);
    }
    Transition transition;
    try {
      transition = observed(saga, order);
    } catch (Exception unknown) {
      postpone(saga, order, unknown);
      return Optional.empty();
    }
    if (transition.canWait()) {
      outages.answered(saga.state());
      return Optional.of(saga.after(transition));
    }
    var told = transition.refuses() && completions.promise(order.id());
    var moved = transactions.advance(transition.told(told), order);
    outages.answered(saga.state());
    return moved;
  }

  private Transition observed(Saga saga, Order order) {
    var span = Span.start(Kind.INTERNAL, saga.state().shown().name()).with("order.id", order.id());
    try {
      return span.call(() -> step(saga, order));
    } catch (Exception unknown) {
      span.failed(unknown.getClass().getName());
      throw unknown;
    } finally {
      span.end();
    }
  }

  private void postpone(Saga saga, Order order, Exception unknown) {
    LOG.log(
        Level.WARNING,
        () -> saga.state() + " of order " + saga.orderId() + " waits: " + unknown.getMessage());
    var words = unknown.getClass().getSimpleName() + ": " + unknown.getMessage();
    var bounded = words.length() > MAX_ERROR ? words.substring(0, MAX_ERROR) : words;
    stored(saga, order).ifPresent(s -> sagas.postpone(s, pause(s.attempt()), bounded));
    outages.failed(saga.state(), unknown);
  }

  /** The saga as the row says it, once what waited is stored; empty where somebody was faster. */
  private Optional<Saga> stored(Saga saga, Order order) {
    return saga.unstored() == null
        ? Optional.of(saga)
        : transactions.advance(saga.unstored(), order);
  }

  private static Duration pause(int attempt) {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 20));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }
}
