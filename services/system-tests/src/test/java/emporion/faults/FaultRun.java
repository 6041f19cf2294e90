package emporion.faults;

import emporion.faults.Chaos.Kind;
import emporion.faults.Chaos.Surroundings;
import emporion.faults.Customers.Purchase;
import emporion.faults.Plan.Faults;
import emporion.tour.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A shop, shoppers, faults; then quiet, and the {@link Checker}. */
final class FaultRun implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final int CALM_SECONDS = 8;

  /** The second order-service's port behind the gateway's. */
  private static final int SKEWED = Wire.REPLICAS + 10;

  /**
   * What came of it.
   *
   * @param violations words of the checker, and answers that no shopper should get
   * @param untried kinds of faults that would have been possible
   * @param recovery from each kill to the end of the last order that was open then
   * @param placing how long POST /v1/orders took with all repetitions
   * @param shopping how long there was
   */
  record Report(
      Plan plan,
      int orders,
      long requests,
      Map<String, Integer> faults,
      List<Kind> untried,
      List<Duration> recovery,
      List<Duration> placing,
      Duration shopping,
      List<String> violations) {}

  private final Plan plan;
  private final Path home = Path.of("target", "faults").toAbsolutePath();
  private final Disk disk;
  private final Path agent;
  private final Shop shop;
  private Map<String, Wire> wires;

  FaultRun(Plan plan) throws IOException, InterruptedException {
    this.plan = plan;
    disk = plan.faults().rage() ? Disk.at(home).orElse(null) : null;
    agent = Agent.jar(home);
    shop = new Shop(home.getFileName().toString(), this::settings);
  }

  /** Each wire leads through its cable; they come with the first look. */
  private Map<String, String> settings(Shop shop) {
    var settings = new HashMap<String, String>();
    try {
      wires = wires == null ? Wire.of(shop) : wires;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wires.values().forEach(wire -> settings.put(wire.setting(), wire.uri()));
    settings.put("EMPORION_ORDER_DEADLINE", plan.faults() == Faults.PROVOKED ? "PT6S" : "PT30S");
    settings.put("LOCAL_DATABASE", plan.database());
    settings.put("LOCAL_BROKER", plan.broker());
    if (plan.mutation() != null) {
      settings.put("JAVA_TOOL_OPTIONS", "-javaagent:" + agent + "=" + plan.mutation());
    }
    return settings;
  }

  Report run() throws Exception {
    var shelves = new Shelves(shop);
    var rush = new Rush(shop, shelves.product(1, 1));
    var products = shelves.stockUp(plan.products());
    // Listens before the first order: the checker wants to have seen every event.
    try (var tap = new Tap(shop.port("broker"), shop.secret("EMPORION_BROKER_PASSWORD"));
        var replica = replica()) {
      var violations = new ArrayList<>(plan.rush() > 0 ? rush.run(plan.rush()) : List.of());
      var where = new Surroundings(shop, wires, tap, replica, disk, agent, inHaste());
      var chaos = new Chaos(where, plan.seed());
      var customers = new Customers(shop, products, plan);
      long begun = System.nanoTime();
      long end = begun + plan.time().toNanos();
      unleash(chaos, () -> System.nanoTime() < end && customers.ended() < plan.orders());
      customers.close();
      var shopping = Duration.ofNanos(System.nanoTime() - begun);
      violations.addAll(customers.complaints());
      settle(tap);
      if (!plan.onPostgres()) {
        shop.down().succeeded(); // a file of H2 belongs to one process
      }
      var log = new ArrayList<>(customers.log());
      log.addAll(rush.log());
      var checker = new Checker(this::open, shelves.initial(), log, tap.sightings());
      violations.addAll(checker.violations());
      return new Report(
          plan,
          checker.ordersSeen(),
          customers.attempts(),
          chaos.injected(),
          chaos.untried(),
          recovery(chaos.kills(), customers.log()),
          placing(customers.log()),
          shopping,
          violations);
    }
  }

  /** A second order-service whose clock is an hour ahead; null where each has its own database. */
  private Replica replica() throws IOException {
    return plan.onPostgres() && plan.faults() != Faults.OFF
        ? new Replica(shop, "order-service", shop.port("gateway") + SKEWED, true)
        : null;
  }

  private boolean inHaste() {
    return plan.time().compareTo(LONG) < 0;
  }

  private void unleash(Chaos chaos, BooleanSupplier shopping) throws Exception {
    switch (plan.faults()) {
      case ONCE -> chaos.rage(() -> shopping.getAsBoolean() && !chaos.untried().isEmpty());
      case ON -> chaos.rage(shopping);
      case PROVOKED ->
          chaos.provoke(
              plan.mutation() == null ? EnumSet.allOf(Mutation.class) : EnumSet.of(plan.mutation()),
              shopping);
      case OFF -> {
        while (shopping.getAsBoolean()) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
    }
  }

  /** Waits until nothing has happened for a while, a minute at most: then everything has ended. */
  private void settle(Tap tap) throws InterruptedException {
    long end = System.nanoTime() + QUIET.toNanos();
    int before = -1;
    int calm = 0;
    while (calm < CALM_SECONDS && System.nanoTime() < end) {
      int now = tap.sightings().size();
      calm = now == before ? calm + 1 : 0;
      before = now;
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private Connection open(String service) throws SQLException {
    return plan.onPostgres()
        ? shop.postgres(service)
        : DriverManager.getConnection(
            "jdbc:h2:file:"
                + shop.data().resolve("db").resolve(service)
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE",
            "emporion",
            "");
  }

  /** From each kill to the end of the last order that was open then. */
  static List<Duration> recovery(List<Long> kills, List<Purchase> log) {
    return kills.stream().map(kill -> recovery(kill, log)).sorted().toList();
  }

  /** From a kill to the end of the last order that was open then; zero where none was. */
  static Duration recovery(long kill, List<Purchase> log) {
    return log.stream()
        .filter(p -> p.begun() < kill && kill < p.ended())
        .map(p -> Duration.ofNanos(p.ended() - kill))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** How long the orders took to be acknowledged. */
  static List<Duration> placing(List<Purchase> log) {
    return log.stream()
        .map(purchase -> Duration.ofNanos(purchase.acknowledged() - purchase.begun()))
        .sorted()
        .toList();
  }

  @Override
  public void close() throws IOException {
    shop.close();
    for (var wire : wires.values()) {
      wire.cable().close();
    }
    if (disk != null) {
      keepLogs();
      disk.close();
    }
  }

  /** Beside the disk, which takes all with it. */
  private void keepLogs() throws IOException {
    var kept = Files.createDirectories(home.resolveSibling("faults-logs"));
    try (var logs = Files.newDirectoryStream(shop.data().resolve("logs"))) {
      for (var log : logs) {
        Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
