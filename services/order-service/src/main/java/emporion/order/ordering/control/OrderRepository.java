package emporion.order.ordering.control;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Rows;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.OrderStatus;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Orders, their lines and their timelines. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class OrderRepository {
  private static final String COLUMNS =
      "select o.id, o.user_id, o.status, o.reason, o.currency, o.total, o.refunded,"
          + " s.version + o.changes, o.created_at, s.decline, s.called_off_by, o.told"
          + " from orders o join saga s on s.order_id = o.id";

  @Inject private EntityManager database;

  /** Writes a new order; a second one with the same user and key breaks the unique constraint. */
  void add(Order order, String key, String requestHash) {
    database
        .createNativeQuery(
            "insert into orders (id, user_id, idem_key, request_hash, status, currency, total,"
                + " refunded, created_at)"
                + " values (:id, :user, :key, :hash, :status, :currency, :total, 0, :at)")
        .setParameter("id", order.id())
        .setParameter("user", order.userId())
        .setParameter("key", key)
        .setParameter("hash", requestHash)
        .setParameter("status", order.status().name())
        .setParameter("currency", order.total().currency())
        .setParameter("total", order.total().amount())
        .setParameter("at", order.createdAt())
        .executeUpdate();
    addLines(order);
  }

  private void addLines(Order order) {
    var rows =
        IntStream.range(0, order.lines().size())
            .mapToObj(i -> "(:order, %d, :p%d, :n%d, :q%d, :a%d)".formatted(i, i, i, i, i))
            .collect(Collectors.joining(", "));
    var insert =
        database
            .createNativeQuery(
                "insert into order_line (order_id, line, product_id, name, quantity, unit_amount)"
                    + " values "
                    + rows)
            .setParameter("order", order.id());
    for (int i = 0; i < order.lines().size(); i++) {
      var line = order.lines().get(i);
      insert
          .setParameter("p" + i, line.productId())
          .setParameter("n" + i, line.name())
          .setParameter("q" + i, line.quantity())
          .setParameter("a" + i, line.unitPrice().amount());
    }
    insert.executeUpdate();
  }

  /** The order that this key made for this user, with the hash of its request. */
  Optional<Placed> placed(UUID userId, String key) {
    var query =
        database
            .createNativeQuery(
                "select id, request_hash from orders where user_id = :user and idem_key = :key")
            .setParameter("user", userId)
            .setParameter("key", key);
    return Rows.of(query).stream()
        .findFirst()
        .map(row -> new Placed(Rows.id(row[0]), (String) row[1]));
  }

  /** Holds a customer until the transaction ends: one order at a time is placed for each. */
  void hold(UUID userId) {
    if (!held(userId)) {
      database
          .createNativeQuery("insert into customer (id) values (:id) on conflict do nothing")
          .setParameter("id", userId)
          .executeUpdate();
      held(userId);
    }
  }

  private boolean held(UUID userId) {
    return !database
        .createNativeQuery("select id from customer where id = :id for update", UUID.class)
        .setParameter("id", userId)
        .getResultList()
        .isEmpty();
  }

  /**
   * How many orders of a user since then have held stock and were not paid, or are not yet. Each
   * half is a range of one index; for one condition on both H2 would go through the paid ones too.
   */
  long unpaid(UUID userId, Instant since) {
    var counted =
        "select count(*) from orders where user_id = :user and id >= :first and status = ";
    return Rows.number(
        database
            .createNativeQuery(
                ("select (%1$s 'PENDING') + (%1$s 'CANCELLED' and reason in"
                        + " ('PAYMENT_DECLINED', 'TIMED_OUT', 'CANCELLED_BY_CUSTOMER'))")
                    .formatted(counted))
            .setParameter("user", userId)
            .setParameter("first", Ids.first(since))
            .getSingleResult());
  }

  Optional<Order> find(UUID id) {
    var query = database.createNativeQuery(COLUMNS + " where o.id = :id").setParameter("id", id);
    return orders(query).stream().findFirst();
  }

  /** Up to {@code limit + 1} orders, the newest first. */
  List<Order> list(OrderFilter filter, Optional<UUID> before, int limit) {
    var where = new StringBuilder(" where 1 = 1");
    var parameters = new HashMap<String, Object>();
    filter.userId().ifPresent(v -> and(where, parameters, "o.user_id = :user", "user", v));
    filter
        .status()
        .ifPresent(v -> and(where, parameters, "o.status = :status", "status", v.name()));
    filter.from().ifPresent(v -> and(where, parameters, "o.created_at >= :from", "from", v));
    filter.to().ifPresent(v -> and(where, parameters, "o.created_at < :to", "to", v));
    filter.key().ifPresent(v -> and(where, parameters, "o.idem_key = :key", "key", v));
    filter.told().ifPresent(v -> and(where, parameters, "o.told = :told", "told", v));
    before.ifPresent(v -> and(where, parameters, "o.id < :before", "before", v));
    var query =
        database
            .createNativeQuery(COLUMNS + where + " order by o.id desc")
            .setMaxResults(limit + 1);
    parameters.forEach(query::setParameter);
    return orders(query);
  }

  private static void and(
      StringBuilder where, Map<String, Object> all, String clause, String name, Object value) {
    where.append(" and ").append(clause);
    all.put(name, value);
  }

  /** Closes the order for the shopper's eyes: it is confirmed. */
  void confirm(UUID id) {
    database
        .createNativeQuery("update orders set status = 'CONFIRMED' where id = :id")
        .setParameter("id", id)
        .executeUpdate();
  }

  /**
   * Closes the order for the shopper's eyes: it is cancelled.
   *
   * @param told whether the answer to its placing says so
   */
  void cancel(UUID id, Reason reason, boolean told) {
    database
        .createNativeQuery(
            "update orders set status = 'CANCELLED', reason = :reason, told = :told where id = :id")
        .setParameter("reason", reason.name())
        .setParameter("told", told)
        .setParameter("id", id)
        .executeUpdate();
  }

  /**
   * Takes in how much went back to the customer by now. Whoever says so, in whichever order, names
   * the sum of all, so that the greatest is the latest and nothing counts twice.
   *
   * @param all the sum of all that went back
   * @return false where that was known, or there is no such order
   */
  boolean refunded(UUID id, long all) {
    return database
            .createNativeQuery(
                "update orders set refunded = least(total, :all)"
                    + " where id = :id and refunded < least(total, :all)")
            .setParameter("all", all)
            .setParameter("id", id)
            .executeUpdate()
        == 1;
  }

  /**
   * Counts a change beside the saga, whose own version is left alone, so that nobody who works on
   * the order is disturbed; false for no order.
   */
  boolean changed(UUID id) {
    return database
            .createNativeQuery("update orders set changes = changes + 1 where id = :id")
            .setParameter("id", id)
            .executeUpdate()
        == 1;
  }

  /**
   * Adds to the timeline, under the order's version as the running transaction has made it.
   *
   * @param by the subject of the token of who asked for it; null where nobody did
   */
  void note(UUID id, String step, String outcome, String detail, String by) {
    database
        .createNativeQuery(
            "insert into order_timeline (order_id, version, at, step, outcome, detail, asked_by)"
                + " values (:id, (select s.version + o.changes from orders o join saga s on"
                + " s.order_id = o.id where o.id = :id), current_timestamp, :step, :outcome,"
                + " :detail, :by)")
        .setParameter("id", id)
        .setParameter("step", step)
        .setParameter("outcome", outcome)
        .setParameter("detail", detail)
        .setParameter("by", by)
        .executeUpdate();
  }

  List<TimelineEntry> timeline(UUID id) {
    var query =
        database
            .createNativeQuery(
                "select at, step, outcome, detail, asked_by from order_timeline where order_id ="
                    + " :id order by version, at")
            .setParameter("id", id);
    return Rows.of(query).stream()
        .map(
            row ->
                new TimelineEntry(
                    Rows.instant(row[0]),
                    (String) row[1],
                    (String) row[2],
                    (String) row[3],
                    (String) row[4]))
        .toList();
  }

  private List<Order> orders(Query query) {
    var rows = Rows.of(query);
    if (rows.isEmpty()) {
      return List.of();
    }
    var lines = lines(rows.stream().map(row -> Rows.id(row[0])).toList());
    return rows.stream().map(row -> order(row, lines)).toList();
  }

  private static Order order(Object[] row, Map<UUID, List<OrderLine>> lines) {
    var id = Rows.id(row[0]);
    return new Order(
        id,
        Rows.id(row[1]),
        OrderStatus.valueOf((String) row[2]),
        SagaRepository.cancellation(row[3], row[9], row[10]),
        (Boolean) row[11],
        lines.get(id),
        new Money(Rows.number(row[5]), (String) row[4]),
        Rows.number(row[6]),
        Rows.number(row[7]),
        Rows.instant(row[8]));
  }

  private Map<UUID, List<OrderLine>> lines(Collection<UUID> orders) {
    var query =
        database
            .createNativeQuery(
                "select l.order_id, l.product_id, l.name, l.quantity, l.unit_amount, o.currency"
                    + " from order_line l join orders o on o.id = l.order_id"
                    + " where l.order_id in (:orders) order by l.order_id, l.line")
            .setParameter("orders", orders);
    var lines = new HashMap<UUID, List<OrderLine>>();
    for (var row : Rows.of(query)) {
      lines
          .computeIfAbsent(Rows.id(row[0]), id -> new ArrayList<>())
          .add(
              new OrderLine(
                  Rows.id(row[1]),
                  (String) row[2],
                  (int) Rows.number(row[3]),
                  new Money(Rows.number(row[4]), (String) row[5])));
    }
    return lines;
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
    /** Whatever became of them. */
    public static OrderFilter all(
        Optional<UUID> userId,
        Optional<OrderStatus> status,
        Optional<Instant> from,
        Optional<Instant> to) {
      return new OrderFilter(userId, status, from, to, Optional.empty(), Optional.empty());
    }

    /**
     * As a customer asks for their own: without the attempts whose refusal they were told at once,
     * unless they ask for a status or for what became of a key.
     */
    public OrderFilter own(Optional<String> ofKey) {
      var wanted = status.isPresent() || ofKey.isPresent();
      Optional<Boolean> refusals = wanted ? Optional.empty() : Optional.of(false);
      return new OrderFilter(userId, status, from, to, ofKey, refusals);
    }
  }
}
