package emporion.order.ordering.control;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Sql;
import emporion.chassis.telemetry.Trace;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Decline;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.OrderStatus;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga.Transition;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Orders, their lines and their timelines. What changes them is part of a transaction. */
@ApplicationScoped
public class OrderRepository {
  private static final String COLUMNS =
      """
      select o.id, o.user_id, o.status, o.reason, o.currency, o.total, o.refunded,
        s.version + o.changes, o.created_at, s.decline, s.called_off_by, o.told
      from %s o join saga s on s.order_id = o.id\s\
      """;

  private static final String ONE = COLUMNS.formatted("orders") + "where o.id = ?";
  private static final UUID LEAST = new UUID(0, 0);

  private static final String NOTE =
      """
      insert into order_timeline (order_id, version, at, step, outcome, detail, asked_by, trace_id)
      select id, cast(? as bigint) + changes, current_timestamp, ?, ?, ?, ?, ?
      from orders where id = ?\
      """;

  /** An order's id is made at most so long after its time: the range of ids is that much wider. */
  private static final Duration APART = Duration.ofMinutes(1);

  @Inject private Sql sql;

  /** Writes a new order; a second one with the same user and key breaks the unique constraint. */
  @Transactional(TxType.MANDATORY)
  void add(Order order, String key, String requestHash) {
    sql.update(
        """
        insert into orders (id, user_id, idem_key, request_hash, status, currency, total, refunded,
          created_at)
        values (?, ?, ?, ?, ?, ?, ?, 0, ?)\
        """,
        order.id(),
        order.userId(),
        key,
        requestHash,
        order.status(),
        order.total().currency(),
        order.total().amount(),
        order.createdAt());
    sql.batch(
        """
        insert into order_line (order_id, line, product_id, name, quantity, unit_amount)
        values (?, ?, ?, ?, ?, ?)\
        """,
        IntStream.range(0, order.lines().size())
            .mapToObj(i -> row(order.id(), i, order.lines().get(i)))
            .toList());
  }

  private static Object[] row(UUID order, int number, OrderLine line) {
    return new Object[] {
      order, number, line.productId(), line.name(), line.quantity(), line.unitPrice().amount()
    };
  }

  /** The order that this key made for this user, with the hash of its request. */
  Optional<Placed> placed(UUID userId, String key) {
    return sql.find(
        Placed.class,
        "select id, request_hash from orders where user_id = ? and idem_key = ?",
        userId,
        key);
  }

  /** Holds a customer until the transaction ends: one order at a time is placed for each. */
  @Transactional(TxType.MANDATORY)
  void hold(UUID userId) {
    if (!held(userId)) {
      sql.update("insert into customer (id) values (?) on conflict do nothing", userId);
      held(userId);
    }
  }

  private boolean held(UUID userId) {
    return sql.find(UUID.class, "select id from customer where id = ? for update", userId)
        .isPresent();
  }

  /**
   * How many orders of a user since then have held stock and were not paid, or are not yet. Each
   * half is a range of one index; for one condition on both H2 would go through the paid ones too.
   */
  long unpaid(UUID userId, Instant since) {
    var first = Ids.first(since);
    return sql.count(
        """
        select
          (select count(*) from orders where user_id = ? and id >= ? and status = 'PENDING')
          + (select count(*) from orders where user_id = ? and id >= ? and status = 'CANCELLED'
            and reason in ('PAYMENT_DECLINED', 'TIMED_OUT', 'CANCELLED_BY_CUSTOMER'))\
        """,
        userId,
        first,
        userId,
        first);
  }

  Optional<Order> find(UUID id) {
    return orders(ONE, id).stream().findFirst();
  }

  /**
   * Up to {@code limit + 1} orders, the newest first. The page is taken from the orders alone: in a
   * join with all sagas PostgreSQL begins at the newest of those, however old the page is. What is
   * equal in all goes before the id, as that makes the order an index's whole order, for H2 too.
   */
  List<Order> list(OrderFilter filter, Optional<UUID> before, int limit) {
    var where = new ArrayList<String>(List.of("1 = 1"));
    var walk = new StringBuilder();
    var values = new ArrayList<Object>();
    filter.userId().ifPresent(v -> and(where, values, "user_id = ?", v));
    filter.userId().ifPresent(v -> walk.append("user_id desc, "));
    filter.status().ifPresent(v -> where.add(having(v)));
    if (filter.userId().isPresent() && filter.status().isPresent()) {
      and(where, values, "id >= ?", LEAST); // so that H2 takes the index with all three
      walk.append("status desc, ");
    }
    filter.from().ifPresent(v -> and(where, values, "created_at >= ?", v));
    filter.from().ifPresent(v -> and(where, values, "id >= ?", Ids.first(v.minus(APART))));
    filter.to().ifPresent(v -> and(where, values, "created_at < ?", v));
    filter.to().ifPresent(v -> and(where, values, "id < ?", Ids.first(v.plus(APART))));
    filter.key().ifPresent(v -> and(where, values, "idem_key = ?", v));
    filter.told().ifPresent(v -> and(where, values, "told = ?", v));
    before.ifPresent(v -> and(where, values, "id < ?", v));
    values.add(limit + 1);
    var page =
        "(select * from orders where %s order by %sid desc fetch first ? rows only)"
            .formatted(String.join(" and ", where), walk);
    return orders(COLUMNS.formatted(page) + "order by o.id desc", values.toArray());
  }

  /**
   * A status is a constant of the statement, or PostgreSQL plans for any of them, which its partial
   * indexes do not serve. The pending ones are among those whose saga is open, which are few.
   */
  private static String having(OrderStatus status) {
    var equal = "status = '" + status.name() + "'";
    return status == OrderStatus.PENDING
        ? equal + " and id in (select order_id from saga where " + SagaStandings.OPEN + ")"
        : equal;
  }

  private static void and(List<String> where, List<Object> values, String clause, Object value) {
    where.add(clause);
    values.add(value);
  }

  /** Closes the order for the shopper's eyes: it is confirmed. */
  @Transactional(TxType.MANDATORY)
  void confirm(UUID id) {
    sql.update("update orders set status = 'CONFIRMED' where id = ?", id);
  }

  /**
   * Closes the order for the shopper's eyes: it is cancelled.
   *
   * @param told whether the answer to its placing says so
   */
  @Transactional(TxType.MANDATORY)
  void cancel(UUID id, Reason reason, boolean told) {
    sql.update(
        "update orders set status = 'CANCELLED', reason = ?, told = ? where id = ?",
        reason,
        told,
        id);
  }

  /**
   * Takes in how much went back to the customer by now. Whoever says so, in whichever order, names
   * the sum of all, so that the greatest is the latest and nothing counts twice.
   *
   * @param all the sum of all that went back
   * @return false where that was known, or there is no such order
   */
  @Transactional(TxType.MANDATORY)
  boolean refunded(UUID id, long all) {
    return sql.update(
            """
            update orders set refunded = least(total, ?)
            where id = ? and refunded < least(total, ?)\
            """,
            all,
            id,
            all)
        == 1;
  }

  /**
   * Counts a change beside the saga, whose own version is left alone, so that nobody who works on
   * the order is disturbed; false for no order.
   */
  @Transactional(TxType.MANDATORY)
  boolean changed(UUID id) {
    return sql.update("update orders set changes = changes + 1 where id = ?", id) == 1;
  }

  /**
   * Adds to the timeline, under the order's version.
   *
   * @param sagaVersion as the running transaction has made it
   * @param by the subject of the token of who asked for it; null where nobody did
   */
  @Transactional(TxType.MANDATORY)
  void note(UUID id, long sagaVersion, String step, String outcome, String detail, String by) {
    sql.update(NOTE, entry(id, sagaVersion, step, outcome, detail, by));
  }

  /** Notes the steps that a transition stores, on their way at once. */
  @Transactional(TxType.MANDATORY)
  void note(List<Transition> steps) {
    sql.batch(NOTE, steps.stream().map(OrderRepository::entry).toList());
  }

  private static Object[] entry(Transition step) {
    return entry(
        step.from().orderId(),
        step.version(),
        step.step(),
        step.outcome(),
        step.detail(),
        step.by());
  }

  private static Object[] entry(
      UUID id, long sagaVersion, String step, String outcome, String detail, String by) {
    var traceId = Sql.orNull(Trace.current().map(Trace::traceId).orElse(null));
    return new Object[] {
      sagaVersion, step, outcome, Sql.orNull(detail), Sql.orNull(by), traceId, id
    };
  }

  List<TimelineEntry> timeline(UUID id) {
    return sql.list(
        TimelineEntry.class,
        """
        select at, step, outcome, detail, asked_by from order_timeline where order_id = ?
        order by version, at\
        """,
        id);
  }

  private List<Order> orders(String query, Object... parameters) {
    var rows = sql.list(OrderRow.class, query, parameters);
    if (rows.isEmpty()) {
      return List.of();
    }
    var lines = lines(rows.stream().map(OrderRow::id).toList());
    return rows.stream().map(row -> row.with(lines.get(row.id()))).toList();
  }

  private Map<UUID, List<OrderLine>> lines(Collection<UUID> orders) {
    var rows =
        sql.list(
            LineRow.class,
            """
            select l.order_id, l.product_id, l.name, l.quantity, l.unit_amount, o.currency
            from order_line l join orders o on o.id = l.order_id
            where l.order_id = any (?) order by l.order_id, l.line\
            """,
            orders);
    var lines = new HashMap<UUID, List<OrderLine>>();
    for (var row : rows) {
      lines.computeIfAbsent(row.orderId(), id -> new ArrayList<>()).add(row.line());
    }
    return lines;
  }

  private record OrderRow(
      UUID id,
      UUID userId,
      OrderStatus status,
      Reason reason,
      String currency,
      long total,
      long refunded,
      long version,
      Instant createdAt,
      Decline decline,
      String calledOffBy,
      boolean told) {
    private Order with(List<OrderLine> lines) {
      return new Order(
          id,
          userId,
          status,
          Cancellation.stored(reason, decline, calledOffBy),
          told,
          lines,
          new Money(total, currency),
          refunded,
          version,
          createdAt);
    }
  }

  private record LineRow(
      UUID orderId, UUID productId, String name, int quantity, long unitAmount, String currency) {
    private OrderLine line() {
      return new OrderLine(productId, name, quantity, new Money(unitAmount, currency));
    }
  }

  record Placed(UUID orderId, String requestHash) {}

  /**
   * What a list shows; empty means all.
   *
   * @param key the one under which the order was placed
   * @param told whether the answer to the placing told that the order was refused
   */
  public record OrderFilter(
      Optional<UUID> userId,
      Optional<OrderStatus> status,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<String> key,
      Optional<Boolean> told) {
    /** Whoever ordered, and whatever became of it. */
    public static OrderFilter all(
        Optional<OrderStatus> status, Optional<Instant> from, Optional<Instant> to) {
      return new OrderFilter(
          Optional.empty(), status, from, to, Optional.empty(), Optional.empty());
    }

    /** Those of one customer; with empty, of all. */
    public OrderFilter of(Optional<UUID> customer) {
      return new OrderFilter(customer, status, from, to, key, told);
    }

    /**
     * As a customer asks for their own: without the attempts whose refusal they were told at once,
     * unless they ask for a status or for what became of a key.
     */
    public OrderFilter own(UUID customer, Optional<String> ofKey) {
      var wanted = status.isPresent() || ofKey.isPresent();
      Optional<Boolean> refusals = wanted ? Optional.empty() : Optional.of(false);
      return new OrderFilter(Optional.of(customer), status, from, to, ofKey, refusals);
    }
  }
}
