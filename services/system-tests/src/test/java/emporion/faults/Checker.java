package emporion.faults;

import emporion.faults.Customers.Purchase;
import emporion.faults.Tap.Sighting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads all databases, what the shoppers were told and what a foreign reader of the events saw, and
 * says what does not agree. It shares no code with the services and asks none of them.
 */
final class Checker {
  /** Opens the database of a service. */
  interface Databases {
    Connection open(String service) throws SQLException;
  }

  private record Order(
      String id, String user, String key, String status, long total, long refunded, String saga) {}

  private record Reservation(String order, String status, Map<String, Long> lines) {}

  private record Money(long kept, int open) {}

  private final Databases databases;
  private final Map<String, Long> initial;
  private final List<Purchase> purchases;
  private final List<Sighting> sightings;
  private final List<String> violations = new ArrayList<>();

  private Map<String, Order> orders;
  private Map<String, Reservation> reservations;
  private Map<String, Money> money;

  /**
   * Prepares a check.
   *
   * @param initial pieces of each product of this run when it began
   */
  Checker(
      Databases databases,
      Map<String, Long> initial,
      List<Purchase> purchases,
      List<Sighting> sightings) {
    this.databases = databases;
    this.initial = initial;
    this.purchases = purchases;
    this.sightings = sightings;
  }

  /** What is wrong, in words; nothing is as it should be. */
  List<String> violations() throws SQLException {
    try (var order = databases.open("order-service");
        var product = databases.open("product-service");
        var payment = databases.open("payment-service");
        var notification = databases.open("notification-service");
        var user = databases.open("user-service")) {
      orders = orders(order);
      reservations = reservations(product);
      money = money(payment);
      stock(product);
      outcomes(payment);
      total(payment);
      events(
          Map.of(
              "order-service", order,
              "product-service", product,
              "payment-service", payment,
              "user-service", user),
          notification);
      mails(notification);
      shoppers();
    }
    return violations;
  }

  int ordersSeen() {
    return orders.size();
  }

  private void violate(String rule, String words) {
    violations.add(rule + ": " + words);
  }

  // --- reading ---------------------------------------------------------------------------------

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> rows(Connection database, String sql, Row<T> shape)
      throws SQLException {
    try (var statement = database.createStatement();
        var found = statement.executeQuery(sql)) {
      var all = new ArrayList<T>();
      while (found.next()) {
        all.add(shape.of(found));
      }
      return all;
    }
  }

  private static Map<String, Order> orders(Connection database) throws SQLException {
    return rows(
            database,
            "select o.id, o.user_id, o.idem_key, o.status, o.total, o.refunded, s.state"
                + " from orders o left join saga s on s.order_id = o.id",
            row ->
                new Order(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    upper(row.getString(4)),
                    row.getLong(5),
                    row.getLong(6),
                    row.getString(7)))
        .stream()
        .collect(Collectors.toMap(Order::id, order -> order));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static Map<String, Reservation> reservations(Connection database) throws SQLException {
    var all = new HashMap<String, Reservation>();
    rows(
        database,
        "select r.reservation_key, r.status, l.product_id, l.quantity from reservation r"
            + " left join reservation_line l on l.reservation_key = r.reservation_key",
        row -> {
          var order = row.getString(1).replace(":reserve", "");
          var status = upper(row.getString(2));
          var lines =
              all.computeIfAbsent(order, o -> new Reservation(o, status, new HashMap<>())).lines;
          if (row.getString(3) != null) {
            lines.merge(row.getString(3), row.getLong(4), Long::sum);
          }
          return null;
        });
    return all;
  }

  /** What the card network has of each order: not what the payment service believes. */
  private static Map<String, Money> money(Connection database) throws SQLException {
    var all = new HashMap<String, Money>();
    rows(
        database,
        "select charge_key, outcome, amount, given_back from sandbox_charge",
        row -> {
          var order = row.getString(1).replaceAll(":charge.*", "");
          boolean charged = upper(row.getString(2)).equals("CHARGED");
          var kept = charged ? row.getLong(3) - row.getLong(4) : 0;
          all.merge(
              order,
              new Money(kept, kept > 0 ? 1 : 0),
              (a, b) -> new Money(a.kept + b.kept, a.open + b.open));
          return null;
        });
    return all;
  }

  // --- I1 --------------------------------------------------------------------------------------

  private void stock(Connection database) throws SQLException {
    var sold = new HashMap<String, Long>();
    var held = new HashMap<String, Long>();
    for (var reservation : reservations.values()) {
      var into =
          switch (reservation.status) {
            case "COMMITTED" -> sold;
            case "RESERVED" -> held;
            default -> new HashMap<String, Long>();
          };
      reservation.lines.forEach((product, pieces) -> into.merge(product, pieces, Long::sum));
    }
    rows(
        database,
        "select product_id, on_hand, reserved from stock",
        row -> {
          var product = row.getString(1);
          long onHand = row.getLong(2);
          long reserved = row.getLong(3);
          var start = initial.get(product);
          if (start != null && onHand + sold.getOrDefault(product, 0L) != start) {
            violate(
                "I1",
                "product %s began with %d, has %d on hand and sold %d"
                    .formatted(product, start, onHand, sold.getOrDefault(product, 0L)));
          }
          if (onHand < 0 || reserved < 0 || reserved != held.getOrDefault(product, 0L)) {
            violate(
                "I1",
                "product %s: %d on hand, %d reserved, reservations hold %d"
                    .formatted(product, onHand, reserved, held.getOrDefault(product, 0L)));
          }
          return null;
        });
  }

  // --- I2, I3, I7 ------------------------------------------------------------------------------

  private void outcomes(Connection payment) throws SQLException {
    var captured = new HashMap<String, Long>();
    var wentBack = new HashMap<String, Long>();
    rows(
        payment,
        "select order_id, status, amount - refunded, refunded from payment",
        row -> {
          wentBack.merge(row.getString(1), row.getLong(4), Long::sum);
          if (upper(row.getString(2)).equals("CAPTURED")) {
            captured.merge(row.getString(1), row.getLong(3), Long::sum);
          } else if (upper(row.getString(2)).equals("PENDING")) {
            violate("I7", "the payment of order " + row.getString(1) + " is still open");
          }
          return null;
        });
    for (var order : orders.values()) {
      var kept = money.getOrDefault(order.id, new Money(0, 0));
      var stock = reservations.get(order.id);
      if (kept.open > 1) {
        violate("I2", "order " + order.id + " is charged " + kept.open + " times");
      }
      long booked = captured.getOrDefault(order.id, 0L);
      long back = wentBack.getOrDefault(order.id, 0L);
      if (order.refunded != back) {
        violate(
            "I3",
            "order %s (%s) says that %d went back, its payment %d"
                .formatted(order.id, order.status, order.refunded, back));
      }
      switch (order.status) {
        case "CONFIRMED" -> confirmed(order, kept, stock, booked);
        case "CANCELLED" -> cancelled(order, kept, stock, booked);
        default -> violate("I7", "order " + order.id + " is " + order.status + ", " + order.saga);
      }
      if (!Set.of("DONE", "CANCELLED").contains(String.valueOf(order.saga))) {
        violate("I7", "the saga of order " + order.id + " is " + order.saga);
      }
    }
    strays(captured);
  }

  private void confirmed(Order order, Money kept, Reservation stock, long booked) {
    long due = order.total - order.refunded;
    if (kept.kept != due || booked != due) {
      violate(
          "I3",
          "confirmed order %s is worth %d, the network keeps %d, the payment says %d"
              .formatted(order.id, due, kept.kept, booked));
    }
    if (stock == null || !stock.status.equals("COMMITTED")) {
      violate("I3", "confirmed order " + order.id + " has sold nothing: " + stock);
    }
  }

  private void cancelled(Order order, Money kept, Reservation stock, long booked) {
    if (kept.kept != 0 || booked != 0) {
      violate(
          "I3",
          "cancelled order %s: the network keeps %d, the payment says %d"
              .formatted(order.id, kept.kept, booked));
    }
    if (stock != null && Set.of("RESERVED", "COMMITTED").contains(stock.status)) {
      violate("I3", "cancelled order " + order.id + " keeps stock: " + stock);
    }
  }

  private void strays(Map<String, Long> captured) {
    reservations.values().stream()
        .filter(reservation -> !orders.containsKey(reservation.order))
        .filter(reservation -> Set.of("RESERVED", "COMMITTED").contains(reservation.status))
        .forEach(reservation -> violate("I3", "stock without an order: " + reservation));
    money.forEach(
        (order, kept) -> {
          if (!orders.containsKey(order) && kept.kept != 0) {
            violate("I3", "money without an order: " + order + " " + kept);
          }
        });
    captured.keySet().stream()
        .filter(order -> !orders.containsKey(order))
        .forEach(order -> violate("I3", "a payment without an order: " + order));
  }

  // --- I4 --------------------------------------------------------------------------------------

  private void total(Connection payment) throws SQLException {
    long network = money.values().stream().mapToLong(Money::kept).sum();
    long sold =
        orders.values().stream()
            .filter(order -> order.status.equals("CONFIRMED"))
            .mapToLong(order -> order.total - order.refunded)
            .sum();
    long books =
        rows(
                payment,
                "select coalesce(sum(amount - refunded), 0) from payment"
                    + " where upper(status) = 'CAPTURED'",
                row -> row.getLong(1))
            .getFirst();
    if (network != sold || books != sold) {
      violate(
          "I4",
          "orders are worth %d, payments say %d, the network keeps %d"
              .formatted(sold, books, network));
    }
  }

  // --- I5 --------------------------------------------------------------------------------------

  private record Sent(String id, String type, String aggregate, long version, boolean sent) {}

  private void events(Map<String, Connection> publishers, Connection notification)
      throws SQLException {
    var seen = sightings.stream().map(Sighting::id).collect(Collectors.toSet());
    var recorded = new ArrayList<Sent>();
    for (var publisher : publishers.values()) {
      recorded.addAll(
          rows(
              publisher,
              "select id, type, aggregate_id, aggregate_version, sent_at is not null from outbox",
              row ->
                  new Sent(
                      row.getString(1),
                      row.getString(2),
                      row.getString(3),
                      row.getLong(4),
                      row.getBoolean(5))));
    }
    // The seeded accounts and products told of themselves before anybody listened.
    var unseen = recorded.stream().filter(event -> !event.sent).toList();
    if (!unseen.isEmpty()) {
      violate("I5", unseen.size() + " events were never sent, such as " + unseen.getFirst());
    }
    recorded.stream()
        .filter(event -> orders.containsKey(event.aggregate) && !seen.contains(event.id))
        .forEach(event -> violate("I5", "sent and never arrived: " + event));
    inOrder();
    taken(recorded, "order-service.refunds", publishers.get("order-service"));
    taken(recorded, "notification-service.orders", notification);
  }

  private void inOrder() {
    var known = new HashSet<String>();
    var last = new HashMap<String, Sighting>();
    for (var sighting : sightings) {
      if (known.add(sighting.id())) {
        var before = last.put(sighting.subject(), sighting);
        if (before != null && before.version() > sighting.version()) {
          violate("I5", sighting + " first came after " + before);
        }
      }
    }
  }

  /** Each event is in the inbox of each of its readers; the primary key has it there once. */
  private void taken(List<Sent> recorded, String consumer, Connection database)
      throws SQLException {
    var taken =
        Set.copyOf(
            rows(
                database,
                "select event_id from inbox where consumer = '" + consumer + "'",
                row -> row.getString(1)));
    recorded.stream()
        .filter(event -> Tap.CONSUMERS.get(consumer).contains(event.type))
        .filter(event -> !taken.contains(event.id))
        .forEach(event -> violate("I5", consumer + " never took in " + event));
  }

  private void mails(Connection database) throws SQLException {
    rows(
        database,
        "select order_id, kind, count(*) from notification where order_id is not null"
            + " and kind <> 'payment_refunded' group by order_id, kind having count(*) > 1",
        row -> {
          violate(
              "I5",
              row.getLong(3) + " mails " + row.getString(2) + " for order " + row.getString(1));
          return null;
        });
  }

  // --- I6 --------------------------------------------------------------------------------------

  private void shoppers() {
    var byKey = new HashMap<String, List<Order>>();
    orders.values().forEach(o -> byKey.computeIfAbsent(o.key, k -> new ArrayList<>()).add(o));
    byKey.values().stream()
        .filter(same -> same.size() > 1)
        .forEach(same -> violate("I6", "one key, several orders: " + same));
    for (var purchase : purchases) {
      var order = orders.get(purchase.orderId());
      if (order == null) {
        violate("I6", "acknowledged, and not there: " + purchase);
      } else if (!order.key.equals(purchase.key())
          || !order.user.equals(purchase.userId().toString())) {
        violate("I6", "acknowledged as another's: " + purchase + " is " + order);
      } else if (!order.status.equals(upper(purchase.status()))) {
        violate("I6", "told otherwise: " + purchase + " is " + order);
      }
    }
    var known = purchases.stream().map(Purchase::orderId).collect(Collectors.toSet());
    orders.keySet().stream()
        .filter(id -> !known.contains(id))
        .forEach(id -> violate("I6", "order " + id + " is nobody's"));
  }
}
