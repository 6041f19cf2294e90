package emporion.faults;

import emporion.faults.Cable.State;
import emporion.tour.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Breaks one thing after the other, as its dice say, and mends it. */
final class Chaos {
  /** What can go wrong. */
  enum Kind {
    /** A service dies at a commit, a message, a call or an answer. */
    CRASH_POINT(6),
    /** A service dies at any instruction. */
    KILL(3),
    /** A service sleeps longer than its lease. */
    FREEZE(1),
    /** The wires between two services. */
    WIRE(5),
    /** The broker dies. */
    BROKER(2),
    /** Events come again, late and out of order. */
    REPEAT(3),
    /** Messages that nobody can take. */
    POISON(1),
    /** The database dies, where it is a process of its own. */
    DATABASE(2),
    /** The second order-service dies, where there is one. */
    REPLICA(2),
    /** A service gets no connection to its database. */
    POOL(2),
    /** No file grows any more, neither the databases' nor the broker's. */
    DISK(1),
    /** Each service is restarted while a second instance of it serves. */
    ROLLING(1);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  /**
   * Where a shop can be broken.
   *
   * @param wires by name
   * @param replica null where the services have their databases in themselves
   * @param disk null where nobody may mount one
   * @param inHaste whether there is no time for what takes minutes
   */
  record Surroundings(
      Shop shop,
      Map<String, Wire> wires,
      Tap tap,
      Replica replica,
      Disk disk,
      Path agent,
      boolean inHaste) {}

  /** The services, and what each comes by: {@link Agent} knows the points. */
  private static final Map<String, List<String>> PLACES =
      Map.of(
          "order-service",
          List.of("commit", "publish", "confirm", "acknowledge", "call", "answer"),
          "payment-service",
          List.of("commit", "publish", "confirm", "answer"),
          "product-service",
          List.of("commit", "publish", "confirm", "answer"),
          "notification-service",
          List.of("commit", "acknowledge"));

  private static final List<String> SERVICES = PLACES.keySet().stream().sorted().toList();

  /** Longer than the lease of an order. */
  private static final Duration FREEZE = Duration.ofSeconds(17);

  private static final Duration DIES_WITHIN = Duration.ofSeconds(15);

  /** Longer than a service waits for a connection. */
  private static final int POOL_MILLIS = 6_000;

  private static final int DISK_MILLIS = 5_000;
  private static final Duration READY_WITHIN = Duration.ofSeconds(20);

  /** An order's deadline is shorter while rules are provoked. */
  private static final int PAST_DEADLINE_MILLIS = 10_000;

  private final Shop shop;
  private final Map<String, Wire> wires;
  private final Tap tap;
  private final Replica replica;
  private final Disk disk;
  private final Path agent;
  private final boolean inHaste;
  private final Random dice;

  /** Each kind comes once before the dice are free. */
  private final Deque<Kind> untried;

  private final Map<String, Integer> injected = new TreeMap<>();
  private final List<Long> kills = new ArrayList<>();

  Chaos(Surroundings where, long seed) {
    shop = where.shop;
    wires = where.wires;
    tap = where.tap;
    replica = where.replica;
    disk = where.disk;
    agent = where.agent;
    inHaste = where.inHaste;
    dice = new Random(seed);
    var kinds = new ArrayList<>(possible());
    Collections.shuffle(kinds, dice);
    untried = new ArrayDeque<>(kinds);
  }

  /** Faults by kind. */
  Map<String, Integer> injected() {
    return injected;
  }

  /** What can go wrong here and has not yet. */
  List<Kind> untried() {
    return List.copyOf(untried);
  }

  /** When processes were killed, by {@link System#nanoTime}. */
  List<Long> kills() {
    return kills;
  }

  /** Injects faults while there is shopping, and leaves a whole shop behind. */
  void rage(BooleanSupplier shopping) throws Exception {
    while (shopping.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(dice.nextInt(2_000));
      var kind = draw();
      note(kind + " " + inject(kind));
    }
    mend();
  }

  /** Does again and again what these rules of the protocol are there for. */
  void provoke(Collection<Mutation> rules, BooleanSupplier shopping) throws InterruptedException {
    while (shopping.getAsBoolean()) {
      for (var rule : rules) {
        provoke(rule);
        note("PROVOKED " + rule);
        TimeUnit.SECONDS.sleep(2);
      }
    }
  }

  private void provoke(Mutation rule) throws InterruptedException {
    switch (rule) {
      // Customers call off what is just being charged.
      case NO_VERSION_CHECK -> damage(State.SLOW, 8_000, "order-product", "order-payment");
      case NO_PARTICIPANT_KEY -> damage(State.ANSWERS_LOST, 3_000, "order-payment");
      // The release comes through before the reservation.
      case NO_TOMBSTONE -> damage(State.LATE, 6_000, "order-product");
      case UNKNOWN_IS_FAILED -> damage(State.ANSWERS_LOST, PAST_DEADLINE_MILLIS, "order-payment");
    }
  }

  private void note(String what) {
    injected.merge(what, 1, Integer::sum);
    System.out.printf("%tT %s%n", System.currentTimeMillis(), what);
  }

  private List<Kind> possible() {
    return Stream.of(Kind.values())
        .filter(
            kind ->
                switch (kind) {
                  case DATABASE, REPLICA -> replica != null;
                  case ROLLING -> replica != null && !inHaste;
                  case DISK -> disk != null;
                  default -> true;
                })
        .toList();
  }

  private Kind draw() {
    if (!untried.isEmpty()) {
      return untried.pop();
    }
    int at = dice.nextInt(possible().stream().mapToInt(kind -> kind.weight).sum());
    for (var kind : possible()) {
      at -= kind.weight;
      if (at < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("The weights do not add up");
  }

  private String inject(Kind kind) throws Exception {
    return switch (kind) {
      case CRASH_POINT -> crash();
      case KILL -> kill();
      case FREEZE -> freeze();
      case WIRE -> wire();
      case BROKER -> server(shop.eventServer());
      case DATABASE -> server("postgres");
      case REPLICA -> {
        replica.kill();
        kills.add(System.nanoTime());
        replica.start();
        yield "order-service";
      }
      case REPEAT -> {
        tap.repeat(dice, 50);
        yield "events";
      }
      case POISON -> {
        tap.poison(dice);
        yield "messages";
      }
      case POOL -> exhaust();
      case DISK -> fill();
      case ROLLING -> restart();
    };
  }

  private String service() {
    return SERVICES.get(dice.nextInt(SERVICES.size()));
  }

  private String crash() throws Exception {
    var service = service();
    var process = shop.process(service);
    var places = PLACES.get(service);
    var point =
        places.get(dice.nextInt(places.size())) + (dice.nextBoolean() ? ".before" : ".after");
    Agent.arm(agent, process, point, 1 + dice.nextInt(5));
    try {
      process.onExit().get(DIES_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly(); // never came by
      process.onExit().get();
      point = "anywhere";
    }
    kills.add(System.nanoTime());
    mend();
    return service + " at " + point;
  }

  private String kill() throws Exception {
    var service = service();
    end(service);
    mend();
    return service;
  }

  private void end(String service) {
    shop.running(service)
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    kills.add(System.nanoTime());
  }

  private String freeze() throws Exception {
    var service = service();
    long pid = shop.process(service).pid();
    signal("STOP", pid);
    try {
      TimeUnit.MILLISECONDS.sleep(FREEZE.toMillis());
    } finally {
      signal("CONT", pid);
    }
    return service;
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " " + pid + " ended with " + code);
    }
  }

  private String wire() throws InterruptedException {
    var names = wires.keySet().stream().sorted().toList();
    var name = names.get(dice.nextInt(names.size()));
    var damage = State.values()[1 + dice.nextInt(State.values().length - 1)];
    damage(damage, 1_000 + dice.nextInt(7_000), name);
    return name + " " + damage;
  }

  private void damage(State state, int millis, String... names) throws InterruptedException {
    for (var name : names) {
      wires.get(name).cable().turn(state);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } finally {
      for (var name : names) {
        wires.get(name).cable().turn(State.WHOLE);
      }
    }
  }

  /** By somebody who locks a table, so that each connection of the pool waits for it. */
  private String exhaust() throws Exception {
    var service = service();
    if (replica == null) {
      Agent.exhaust(agent, shop.process(service), POOL_MILLIS);
      TimeUnit.MILLISECONDS.sleep(POOL_MILLIS);
      return service + " refused";
    }
    try (var database = shop.postgres(service);
        var statement = database.createStatement()) {
      database.setAutoCommit(false);
      statement.execute("set lock_timeout = '5s'");
      statement.execute("lock table outbox, inbox in access exclusive mode");
      TimeUnit.MILLISECONDS.sleep(POOL_MILLIS);
      database.rollback();
    } catch (SQLException e) {
      return service + " was too busy";
    }
    return service + " held";
  }

  private String fill() throws Exception {
    disk.fill();
    try {
      TimeUnit.MILLISECONDS.sleep(DISK_MILLIS);
    } finally {
      disk.free();
    }
    mend();
    var ill = ill();
    for (var service : ill) {
      end(service);
    }
    mend();
    return ill.isEmpty() ? "full" : "full, restarted " + String.join(" ", ill);
  }

  /** Those that don't come back by themselves. */
  private List<String> ill() throws InterruptedException {
    var servers = Stream.of("broker", shop.eventServer()).distinct();
    var all = Stream.concat(Wire.SERVICES.stream(), servers).toList();
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    List<String> ill;
    do {
      TimeUnit.MILLISECONDS.sleep(500);
      ill = all.stream().filter(service -> !serves(service)).toList();
    } while (!ill.isEmpty() && System.nanoTime() < end);
    return ill;
  }

  /** RabbitMQ's process outlives a full disk, but its node does not always. */
  private boolean serves(String name) {
    return name.equals("rabbitmq") ? tap.reachesServer() : shop.isReady(name);
  }

  private String restart() throws Exception {
    for (var service : Wire.SERVICES) {
      int port = shop.port("gateway") + Wire.REPLICAS;
      var both = wires.values().stream().filter(wire -> wire.service().equals(service)).toList();
      try (var other = new Replica(shop, service, port, false)) {
        both.forEach(wire -> wire.lead(shop, port));
        var process = shop.process(service);
        process.destroy();
        process.onExit().get();
        mend();
        both.forEach(wire -> wire.lead(shop));
        other.stop();
      }
    }
    return "restart of " + String.join(" ", Wire.SERVICES);
  }

  private String server(String name) throws Exception {
    end(name);
    TimeUnit.MILLISECONDS.sleep(dice.nextInt(3_000));
    mend();
    return name;
  }

  private void mend() throws Exception {
    // In a thread of its own: a script that takes its time must not be cut off by an interrupt.
    CompletableFuture.runAsync(() -> shop.up("--detach").succeeded()).get();
  }
}
