package emporion.order.ordering.control;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.logging.LogContext;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.chassis.telemetry.Span;
import emporion.order.clients.CardTokens;
import emporion.order.clients.Customers;
import emporion.order.ordering.control.OrderRefused.CustomerMayNot;
import emporion.order.ordering.control.OrderRefused.PriceChanged;
import emporion.order.ordering.control.OrderRefused.UnknownToken;
import emporion.order.ordering.control.OrderRepository.OrderFilter;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderStatus;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.Saga.Transition;
import emporion.order.ordering.entity.SagaState;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What a customer does with orders: place, look, call off. */
@ApplicationScoped
public class OrderService {
  private OrderTransactions transactions;
  private OrderRepository orders;
  private SagaRepository sagas;
  private OrderSaga orderSaga;
  private OrderCompletions completions;
  private OrderPricing pricing;
  private Customers customers;
  private CardTokens tokens;
  private Duration patience;
  private Duration deadline;

  OrderService() {}

  @Inject
  OrderService(
      OrderTransactions transactions,
      OrderRepository orders,
      SagaRepository sagas,
      OrderSaga orderSaga,
      OrderCompletions completions,
      OrderPricing pricing,
      Customers customers,
      CardTokens tokens,
      @ConfigProperty(name = "emporion.order.patience") Duration patience,
      @ConfigProperty(name = "emporion.order.deadline") Duration deadline) {
    this.transactions = transactions;
    this.orders = orders;
    this.sagas = sagas;
    this.orderSaga = orderSaga;
    this.completions = completions;
    this.pricing = pricing;
    this.customers = customers;
    this.tokens = tokens;
    this.patience = patience;
    this.deadline = deadline;
  }

  /**
   * Places an order and waits for its end, two seconds by default.
   *
   * @return the order, ended or pending; the same one for the same key
   * @throws OrderRefused unless the key has made the order already: that one is answered, whatever
   *     its products cost by now
   * @throws emporion.chassis.problem.Problem 422 for a key that came with another request, 503
   *     while the catalogue is away
   */
  public Placement place(Customer customer, String key, Wanted wanted) {
    var hash = Idempotency.hash(wanted);
    Order order;
    try {
      order = open(customer, key, hash, wanted);
    } catch (Exception e) {
      return replay(orders.placed(customer.id(), key).orElseThrow(() -> unchecked(e)), hash);
    }
    var saga = Saga.begun(order.id(), wanted.paymentToken());
    return new Placement(finish(order.id(), () -> orderSaga.run(saga, order)), false);
  }

  /**
   * Of requests with one key the first to commit makes the order. Whatever the others run into on
   * the way, the lost race or a product that has gone since, the order is their answer; the same
   * goes for a commit that went through and was reported as failed.
   */
  private Order open(Customer customer, String key, String hash, Wanted wanted) {
    if (!customers.mayOrder(customer.id(), customer.token())) {
      throw new OrderRefused(new CustomerMayNot());
    }
    if (!tokens.takes(wanted.paymentToken())) {
      throw new OrderRefused(new UnknownToken());
    }
    var order = pricing.price(customer.id(), wanted.lines());
    Span.current().with("order.id", order.id());
    LogContext.put("order_id", order.id().toString());
    wanted.demandPrices(order);
    transactions.open(order, key, hash, wanted.paymentToken(), deadline);
    return order;
  }

  /** A failed commit is a checked exception that no method declares. */
  private static RuntimeException unchecked(Exception e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  private Placement replay(OrderRepository.Placed placed, String hash) {
    if (!placed.requestHash().equals(hash)) {
      throw Idempotency.reused();
    }
    var order = orders.find(placed.orderId()).orElseThrow(() -> new Missing("order"));
    return new Placement(
        order.status() == OrderStatus.PENDING ? finish(order.id(), () -> {}) : order, true);
  }

  /** Works in a thread of its own, so that the answer is never later than the patience. */
  private Order finish(UUID orderId, Runnable work) {
    return completions
        .await(
            orderId,
            () -> Thread.startVirtualThread(Span.carry(work)),
            () -> sagas.find(orderId).map(saga -> saga.state().ended()).orElse(true),
            patience)
        .or(() -> orders.find(orderId))
        .orElseThrow(() -> new Missing("order"));
  }

  /** One order. */
  public Optional<Order> find(UUID id) {
    return orders.find(id);
  }

  /** Everything that happened to it, the oldest first. */
  public List<TimelineEntry> timeline(UUID id) {
    return orders.timeline(id);
  }

  /** A page of orders, the newest first. */
  public Page<Order> list(OrderFilter filter, Optional<UUID> before, int limit) {
    return Page.of(orders.list(filter, before, limit), limit, order -> Cursor.of(order.id()));
  }

  /**
   * Calls an order off, and waits for that like for the placing. A confirmed one is paid back and
   * its stock returned; one that is cancelled already stays so.
   *
   * @param by the subject of the token of who asks
   * @throws Refusal in the moment of its confirmation, when it is too late and too early
   */
  public Order cancel(Order order, String by) {
    var why = Cancellation.askedBy(by, Reason.CANCELLED_BY_CUSTOMER);
    for (var saga = saga(order.id()); ; saga = saga(order.id())) {
      var transition = callOff(saga, why);
      if (transition.isEmpty()) {
        return finish(order.id(), () -> {});
      }
      var begun = transactions.advance(transition.get(), order);
      if (begun.isPresent()) {
        return finish(order.id(), () -> orderSaga.run(begun.get(), order));
      }
    }
  }

  private static Optional<Transition> callOff(Saga saga, Cancellation why) {
    return switch (saga.state()) {
      case RESERVING -> Optional.of(callOff(saga, SagaState.COMP_STOCK, why));
      case BUYING, CHARGING, DONE -> Optional.of(callOff(saga, SagaState.COMP_PAY, why));
      case CONFIRMING ->
          throw new Refusal(
              "order-being-confirmed",
              "The order is being confirmed",
              "It can be cancelled in a moment, when it is confirmed.");
      case COMP_PAY, COMP_STOCK, CANCELLED -> Optional.empty();
    };
  }

  private static Transition callOff(Saga saga, SagaState next, Cancellation why) {
    return saga.to(next, "cancel", "requested", null, why);
  }

  private Saga saga(UUID orderId) {
    return sagas.find(orderId).orElseThrow(() -> new Missing("order"));
  }

  /**
   * Who orders.
   *
   * @param token the customer's access token; a secret
   */
  public record Customer(UUID id, String token) {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /**
   * What is to be ordered, and with what it is paid.
   *
   * @param expectedTotal what the customer saw; null where that does not matter
   */
  public record Wanted(List<WantedLine> lines, String paymentToken, Money expectedTotal) {
    private void demandPrices(Order order) {
      var asSeen = expectedTotal == null || expectedTotal.equals(order.total());
      var lineByLine =
          IntStream.range(0, lines.size())
              .allMatch(i -> lines.get(i).expects(order.lines().get(i).unitPrice()));
      if (!asSeen || !lineByLine) {
        throw new OrderRefused(new PriceChanged(this, order));
      }
    }

    @Override
    public String toString() {
      return lines.toString();
    }
  }

  /**
   * One product of it.
   *
   * @param quantity at least 1
   * @param expectedPrice of one, as the customer saw it; null where that does not matter
   */
  public record WantedLine(UUID productId, int quantity, Money expectedPrice) {
    private boolean expects(Money price) {
      return expectedPrice == null || expectedPrice.equals(price);
    }
  }

  /**
   * The outcome.
   *
   * @param replayed whether an earlier request with the same key had placed it
   */
  public record Placement(Order order, boolean replayed) {}
}
