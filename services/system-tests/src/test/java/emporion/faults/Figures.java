package emporion.faults;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import emporion.tour.Shop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a shop achieves on a machine that does nothing else, with and without a sudden death. */
final class Figures {
  private static final int WARM_UP_ORDERS = 2_000;
  private static final Duration WARM_WITHIN = Duration.ofMinutes(10);
  private static final int SECONDS = 60;
  private static final int KILLS = 8;
  private static final int APART_SECONDS = 10;
  private static final int EVENTS = 20_000;
  private static final Duration RELAYED_WITHIN = Duration.ofMinutes(3);
  private static final String READER = "order-service.refunds";
  private static final String TAKEN_IN =
      "select count(*) from inbox where consumer = '" + READER + "'";
  private static final String LAST_TAKEN_IN =
      "select extract(epoch from max(seen_at)) from inbox where consumer = '" + READER + "'";
  private static final String EVENTS_AT_ONCE =
      """
      insert into outbox (id, lane, aggregate_id, aggregate_version, type, data, occurred_at, attempts)
      select gen_random_uuid(), mod(n, 16), gen_random_uuid(), n, 'payment_refunded',
        '{"order_id":"' || gen_random_uuid() || '","amount":{"amount":1,"currency":"EUR"}}',
        current_timestamp, 0
      from generate_series(1, %d) n
      """
          .formatted(EVENTS);

  private final Plan plan;
  private final Shop shop;
  private final List<String> products;

  private Figures(Plan plan) {
    this.plan = plan;
    shop =
        new Shop(
            "figures",
            self ->
                Map.of(
                    "LOCAL_DATABASE", plan.database(),
                    "LOCAL_BROKER", plan.broker(),
                    "LOCAL_JAVA_FLAGS", Shop.javaFlags(),
                    "LOCAL_AOT", "on"));
    shop.down();
    shop.up("--detach").succeeded(); // a jar that starts for the second time does so from its cache
    products = new Shelves(shop).stockUp(plan.products());
  }

  /** Prints them: on what is embedded, on the servers, and the relay with either broker. */
  static boolean take(Plan plan) throws Exception {
    of(plan.with("h2", "embedded"), true, false);
    of(plan.with("postgres", "rabbitmq"), true, true);
    of(plan.with("postgres", "embedded"), false, true);
    return true;
  }

  private static void of(Plan plan, boolean orders, boolean relay) throws Exception {
    System.out.printf("%s, %s broker%n", plan.database(), plan.broker());
    var figures = new Figures(plan);
    try {
      if (orders) {
        figures.orders();
        figures.recovery();
      }
      if (relay) {
        figures.relay();
      }
    } finally {
      figures.shop.close();
    }
  }

  private void orders() throws InterruptedException {
    var first = new Customers(shop, products, plan);
    await("all is warm").atMost(WARM_WITHIN).until(() -> first.ended() >= WARM_UP_ORDERS);
    first.close();
    var customers = new Customers(shop, products, plan);
    TimeUnit.SECONDS.sleep(SECONDS);
    customers.close();
    System.out.println("  POST /v1/orders    " + Command.spread(FaultRun.placing(customers.log())));
    System.out.printf("  orders a second    %.1f%n", customers.ended() / (double) SECONDS);
    customers.complaints().forEach(System.out::println);
  }

  /** From each kill to the end of the last order that was open then; up starts what has died. */
  private void recovery() throws Exception {
    var customers = new Customers(shop, products, plan);
    var kills = new ArrayList<Kill>();
    var victims = List.of("order-service", "payment-service", "product-service", database());
    for (int i = 0; i < KILLS; i++) {
      TimeUnit.SECONDS.sleep(APART_SECONDS);
      kills.add(kill(victims.get(i % victims.size())));
    }
    TimeUnit.SECONDS.sleep(APART_SECONDS);
    customers.close();
    for (var kill : kills) {
      System.out.printf(
          "  kill of %-17s ready again after %d ms, last order after %d ms%n",
          kill.victim(),
          kill.down().toMillis(),
          FaultRun.recovery(kill.at(), customers.log()).toMillis());
    }
    var at = kills.stream().map(Kill::at).toList();
    System.out.println(
        "  kill to last order " + Command.spread(FaultRun.recovery(at, customers.log())));
  }

  private record Kill(String victim, long at, Duration down) {}

  private Kill kill(String victim) throws Exception {
    var process = shop.process(victim);
    process.destroyForcibly();
    process.onExit().get();
    long at = System.nanoTime();
    shop.up("--detach").succeeded();
    return new Kill(victim, at, Duration.ofNanos(System.nanoTime() - at));
  }

  private String database() {
    return plan.onPostgres() ? "postgres" : shop.eventServer();
  }

  /** From the outbox of one service into the inbox of another, which commits each event. */
  private void relay() throws Exception {
    withoutNotifications();
    try (var from = shop.postgres("payment-service");
        var into = shop.postgres("order-service")) {
      pass(from, into); // warms up
      System.out.printf("  relay, events/s    %.0f%n", pass(from, into));
    }
  }

  /** It reads them too and has its own work; its queue would grow by all that is sent. */
  private void withoutNotifications() throws Exception {
    var service = shop.process("notification-service");
    service.destroyForcibly();
    service.onExit().get();
    var broker = new ConnectionFactory();
    broker.setPort(shop.port("broker"));
    broker.setUsername("emporion");
    broker.setPassword(shop.secret("EMPORION_BROKER_PASSWORD"));
    try (var connection = broker.newConnection("figures")) {
      connection.createChannel().queueDelete("notification-service.orders");
    }
  }

  private static double pass(Connection from, Connection into) throws SQLException {
    long before = number(into, TAKEN_IN);
    try (var insert = from.createStatement()) {
      insert.executeUpdate(EVENTS_AT_ONCE);
    }
    double start = seconds(from, "select extract(epoch from clock_timestamp())");
    await("all events are taken in")
        .atMost(RELAYED_WITHIN)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> number(into, TAKEN_IN) == before + EVENTS);
    return EVENTS / (seconds(into, LAST_TAKEN_IN) - start);
  }

  private static long number(Connection database, String query) throws SQLException {
    return (long) seconds(database, query);
  }

  private static double seconds(Connection database, String query) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
