package emporion.faults;

import emporion.tour.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A shop, shoppers, faults; then quiet, and the {@link Checker}. */
final class FaultRun implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final int PLENTY = 100_000;
  private static final int SCARCE = 60;

  /** The wires, by who calls whom, and the setting that leads through each. */
  private static final Map<String, String> WIRES =
      Map.of(
          "order-product", "EMPORION_PRODUCTS_URI",
          "order-payment", "EMPORION_PAYMENTS_URI",
          "order-user", "EMPORION_USERS_URI",
          "gateway-order", "EMPORION_ROUTES_ORDER_URI",
          "gateway-payment", "EMPORION_ROUTES_PAYMENT_URI");

  /**
   * What to do.
   *
   * @param seed of all dice; the same seed throws the same faults, though not at the same moments
   * @param products half of them scarce
   * @param faults false for a run without any
   * @param database {@code h2} or {@code postgres}, on which a second order-service runs too, with
   *     a clock that is an hour ahead
   * @param broker {@code embedded} or {@code rabbitmq}
   * @param mutation a rule that is taken out of the services, so that the checker has to find
   *     something; null for none
   */
  record Plan(
      Duration time,
      long seed,
      int shoppers,
      int products,
      boolean faults,
      String database,
      String broker,
      Mutation mutation) {
    boolean onPostgres() {
      return database.equals("postgres");
    }
  }

  /**
   * What came of it.
   *
   * @param violations words of the checker, and answers that no shopper should get
   * @param recovery from each kill to the end of the last order that was open then
   */
  record Report(
      Plan plan,
      int orders,
      long requests,
      Map<String, Integer> faults,
      List<Duration> recovery,
      List<Duration> placing,
      List<String> violations) {}

  private final Plan plan;
  private final Map<String, Cable> cables = new LinkedHashMap<>();
  private final Map<String, Long> initial = new HashMap<>();
  private final Path agent;
  private final Shop shop;

  FaultRun(Plan plan) throws IOException {
    this.plan = plan;
    agent = Agent.jar(Path.of("target", "faults").toAbsolutePath());
    shop = new Shop("faults", this::wired);
  }

  /** The settings that lead each wire through its cable; the cables come with the first look. */
  private Map<String, String> wired(Shop shop) {
    var settings = new HashMap<String, String>();
    int port = shop.port("gateway") + 20;
    for (var wire : WIRES.keySet().stream().sorted().toList()) {
      int entry = port++;
      int target = target(shop, wire);
      cables.computeIfAbsent(wire, w -> cable(entry, target));
      settings.put(WIRES.get(wire), "http://127.0.0.1:" + entry);
    }
    settings.put("EMPORION_ORDER_DEADLINE", "PT30S");
    settings.put("LOCAL_DATABASE", plan.database);
    settings.put("LOCAL_BROKER", plan.broker);
    if (plan.mutation != null) {
      settings.put("JAVA_TOOL_OPTIONS", "-javaagent:" + agent + "=" + plan.mutation);
    }
    return settings;
  }

  private static int target(Shop shop, String wire) {
    return wire.endsWith("-user")
        ? shop.grpcPort()
        : shop.port(wire.replaceAll(".*-", "") + "-service");
  }

  private static Cable cable(int entry, int target) {
    try {
      return new Cable(entry, List.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Report run() throws Exception {
    var products = stockUp();
    try (var tap = new Tap(shop.port("broker"), shop.secret("EMPORION_BROKER_PASSWORD"));
        var replica =
            plan.onPostgres() ? new Replica(shop, shop.port("gateway") + 40, true) : null) {
      var chaos = new Chaos(shop, cables, tap, replica, agent, plan.seed);
      var customers = new Customers(shop, products, plan.shoppers, plan.seed, !plan.faults);
      if (plan.faults) {
        chaos.rage(plan.time);
      } else {
        TimeUnit.MILLISECONDS.sleep(plan.time.toMillis());
      }
      customers.close();
      var violations = new ArrayList<>(customers.complaints());
      settle(tap);
      if (!plan.onPostgres()) {
        shop.down().succeeded(); // a file of H2 belongs to one process
      }
      var checker = new Checker(this::open, initial, customers.log(), tap.sightings());
      violations.addAll(checker.violations());
      return new Report(
          plan,
          checker.ordersSeen(),
          customers.attempts(),
          chaos.injected(),
          recovery(chaos.kills(), customers.log()),
          customers.log().stream()
              .map(purchase -> Duration.ofNanos(purchase.acknowledged() - purchase.begun()))
              .sorted()
              .toList(),
          violations);
    }
  }

  private List<String> stockUp() {
    var products = new ArrayList<String>();
    for (int i = 0; i < plan.products; i++) {
      long onHand = i % 2 == 0 ? PLENTY : SCARCE;
      var sku = "FAULT-" + UUID.randomUUID().toString().substring(0, 13);
      var answer =
          shop.admin()
              .withKey(sku)
              .post(
                  "/v1/products",
                  """
                  {"sku": "%s", "name": "%s", "category": "Faults",
                   "price": {"amount": %d, "currency": "EUR"}, "on_hand": %d}\
                  """
                      .formatted(sku, sku, 100 + i, onHand));
      if (answer.status() != 201) {
        throw new AssertionError("No product can be made: " + answer);
      }
      products.add(answer.text("/id"));
      initial.put(answer.text("/id"), onHand);
    }
    return products;
  }

  /** Waits until nothing has happened for a while, a minute at most: then everything has ended. */
  private void settle(Tap tap) throws InterruptedException {
    long end = System.nanoTime() + QUIET.toNanos();
    int before = -1;
    int calm = 0;
    while (calm < 8 && System.nanoTime() < end) {
      int now = tap.sightings().size();
      calm = now == before ? calm + 1 : 0;
      before = now;
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private Connection open(String service) throws SQLException {
    if (plan.onPostgres()) {
      var name = service.replace('-', '_');
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:%d/%s".formatted(shop.postgresPort(), name),
          name,
          shop.secret("POSTGRES_" + name.toUpperCase(Locale.ROOT) + "_PASSWORD"));
    }
    return DriverManager.getConnection(
        "jdbc:h2:file:"
            + shop.data().resolve("db").resolve(service)
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE",
        "emporion",
        "");
  }

  private static List<Duration> recovery(List<Long> kills, List<Customers.Purchase> log) {
    return kills.stream()
        .map(
            kill ->
                log.stream()
                    .filter(p -> p.begun() < kill && kill < p.ended())
                    .mapToLong(p -> p.ended() - kill)
                    .max()
                    .orElse(0))
        .map(Duration::ofNanos)
        .sorted()
        .toList();
  }

  @Override
  public void close() throws IOException {
    shop.close();
    for (var cable : cables.values()) {
      cable.close();
    }
  }

  /** {@code services/system-tests/faults} says what the arguments are. */
  public static void main(String[] arguments) throws Exception {
    var given = new HashMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      given.put(arguments[i], arguments[i + 1]);
    }
    var plan =
        new Plan(
            Duration.ofMinutes(Long.parseLong(given.getOrDefault("--minutes", "30"))),
            Long.parseLong(given.getOrDefault("--seed", Long.toString(System.nanoTime()))),
            Integer.parseInt(given.getOrDefault("--shoppers", "8")),
            Integer.parseInt(given.getOrDefault("--products", "50")),
            !given.getOrDefault("--faults", "on").equals("off"),
            given.getOrDefault("--database", "h2"),
            given.getOrDefault("--broker", "embedded"),
            given.containsKey("--mutation") ? Mutation.valueOf(given.get("--mutation")) : null);
    System.out.println(plan);
    try (var run = new FaultRun(plan)) {
      print(run.run());
    }
  }

  private static void print(Report report) {
    System.out.println("orders      " + report.orders + ", requests " + report.requests);
    report.faults.forEach((kind, times) -> System.out.println("fault       " + times + " " + kind));
    System.out.println("recovery    " + spread(report.recovery));
    System.out.println("placing     " + spread(report.placing));
    System.out.println("violations  " + report.violations.size());
    report.violations.forEach(words -> System.out.println("  " + words));
    System.exit(report.violations.isEmpty() ? 0 : 1);
  }

  private static String spread(List<Duration> sorted) {
    if (sorted.isEmpty()) {
      return "none";
    }
    return "median %d ms, 99%% %d ms, most %d ms, of %d"
        .formatted(
            sorted.get(sorted.size() / 2).toMillis(),
            sorted.get(sorted.size() * 99 / 100).toMillis(),
            sorted.getLast().toMillis(),
            sorted.size());
  }
}
