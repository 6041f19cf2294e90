package emporion.faults;

import emporion.faults.Cable.State;
import emporion.tour.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    REPLICA(2);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

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

  private final Shop shop;
  private final Map<String, Cable> cables;
  private final Tap tap;
  private final Replica replica;
  private final Random dice;
  private final Path agent;
  private final Map<String, Integer> injected = new TreeMap<>();
  private final List<Long> kills = new ArrayList<>();

  /**
   * Takes its dice in hand.
   *
   * @param replica null where the services have their databases in themselves
   */
  Chaos(Shop shop, Map<String, Cable> cables, Tap tap, Replica replica, Path agent, long seed) {
    this.shop = shop;
    this.cables = cables;
    this.tap = tap;
    this.replica = replica;
    this.dice = new Random(seed);
    this.agent = agent;
  }

  /** Faults by kind. */
  Map<String, Integer> injected() {
    return injected;
  }

  /** When processes were killed, by {@link System#nanoTime}. */
  List<Long> kills() {
    return kills;
  }

  /** Injects faults until the time is over, and leaves a whole shop behind. */
  void rage(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(dice.nextInt(2_000));
      var kind = draw();
      var what = inject(kind);
      injected.merge(kind + " " + what, 1, Integer::sum);
      System.out.printf("%tT %s %s%n", System.currentTimeMillis(), kind, what);
    }
    mend();
  }

  private List<Kind> possible() {
    return Stream.of(Kind.values())
        .filter(kind -> replica != null || kind != Kind.DATABASE && kind != Kind.REPLICA)
        .toList();
  }

  private Kind draw() {
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

  private void end(String service) throws InterruptedException, ExecutionException {
    var process = shop.process(service);
    process.destroyForcibly();
    process.onExit().get();
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
    var names = cables.keySet().stream().sorted().toList();
    var name = names.get(dice.nextInt(names.size()));
    var damage = State.values()[1 + dice.nextInt(State.values().length - 1)];
    cables.get(name).turn(damage);
    try {
      TimeUnit.MILLISECONDS.sleep(1_000 + dice.nextInt(7_000));
    } finally {
      cables.get(name).turn(State.WHOLE);
    }
    return name + " " + damage;
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
