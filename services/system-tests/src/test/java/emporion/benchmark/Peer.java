package emporion.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What others have made, to be measured beside a shop. It starts and ends by the commands that lie
 * in its folder.
 *
 * @param works what it can be asked for
 */
record Peer(String name, Processes processes, Map<Work, Load> works, Runnable end)
    implements Subject {
  private static final List<String> OF_THE_ARTICLE =
      List.of("user", "order", "product", "payment", "gateway");
  private static final List<String> SERVICES = List.of("user", "product", "order", "payment");
  private static final Map<String, String> FRAMEWORKS = Map.of("q", "quarkus", "s", "spring");

  /** How each one in a folder is started; none where the folder is not known, or not there. */
  static List<Start> in(Path folder) {
    if (Files.isExecutable(folder.resolve("start"))) {
      return List.of(() -> article(folder));
    }
    if (Files.isExecutable(folder.resolve("svc.sh"))) {
      return List.of(() -> framework(folder, "q"), () -> framework(folder, "s"));
    }
    Terminal.say("%s: there is nothing that could be started", folder);
    return List.of();
  }

  /** Begins one. */
  interface Start {
    Peer start();
  }

  // --- the article's services in Python ----------------------------------------------------------

  private static Peer article(Path folder) {
    try {
      var data = Files.createTempDirectory("article");
      new Commands(folder).run("./start", data.toString());
      var pids = Files.readAllLines(data.resolve("pids"));
      var processes = new LinkedHashMap<String, Long>();
      for (var name : OF_THE_ARTICLE) {
        processes.put(name, Long.parseLong(pids.get(processes.size()).strip()));
      }
      return new Peer(
          "the article's Python",
          new Processes(processes),
          Map.of(
              Work.USER, get(21_001, "/users/"),
              Work.GATEWAY, get(21_000, "/users/users/"),
              Work.ORDER, new Load(21_000, Peer::checkout, "200")),
          () -> new Commands(folder).run("./stop", data.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Load get(int port, String path) {
    return new Load(port, n -> Load.get(path + (n % 100 + 1), ""), "200");
  }

  private static byte[] checkout(int n) {
    return Load.post(
        "/orders/checkout",
        "",
        "",
        "{\"user_id\":%d,\"product_id\":1,\"quantity\":1,\"amount\":9.99}".formatted(n % 100 + 1));
  }

  // --- the same statements in other frameworks ---------------------------------------------------

  /** In a copy of the folder, as its commands write there. It is built once. */
  private static Peer framework(Path folder, String letter) {
    var copy = Path.of("target/peers").toAbsolutePath();
    var commands = new Commands(copy);
    if (!Files.exists(copy)) {
      new Commands(folder).run("cp", "-r", folder.toString(), copy.toString());
      commands.run("sh", "-c", "keys/token.sh >keys/token");
    }
    var name = FRAMEWORKS.get(letter);
    if (!Files.exists(copy.resolve(name + "/order/target"))) {
      Terminal.say("  building %s", name);
      commands.run("sh", "-c", "cd %s && mvn -B -ntp -q package -DskipTests".formatted(name));
    }
    commands.run("./pg.sh", "start");
    commands.run("./rabbit.sh", "start");
    commands.run("./pg.sh", "fresh", letter);
    commands.run("./svc.sh", "start", letter);
    return new Peer(
        name,
        new Processes(pids(copy, letter)),
        works(read(copy.resolve("keys/token"))),
        () -> {
          commands.run("./svc.sh", "stop", letter);
          commands.run("./rabbit.sh", "stop");
          commands.run("./pg.sh", "stop");
        });
  }

  private static Map<String, Long> pids(Path copy, String letter) {
    var pids = new LinkedHashMap<String, Long>();
    for (var service : SERVICES) {
      pids.put(
          service, Long.parseLong(read(copy.resolve("run/%s-%s.pid".formatted(letter, service)))));
    }
    var postmaster = read(copy.resolve("run/pg/postmaster.pid"));
    pids.put("postgres", Long.parseLong(postmaster.lines().findFirst().orElseThrow()));
    pids.put("rabbitmq", Long.parseLong(read(copy.resolve("run/rmq/beam.pid"))));
    return pids;
  }

  private static Map<Work, Load> works(String token) {
    var user = Load.get("/v1/users/00000000-0000-7000-8000-000000000001", token);
    return Map.of(
        Work.USER, new Load(41_081, n -> user, "200"),
        Work.ORDER, new Load(41_083, n -> order(token, n), "20"));
  }

  private static byte[] order(String token, int n) {
    var body =
        """
        {"items":[{"product_id":"00000000-0000-7000-8000-%012x","quantity":1}],\
        "payment":{"token":"tok_visa"}}\
        """
            .formatted(n % 100 + 1);
    return Load.post("/v1/orders", token, "Idempotency-Key: " + UUID.randomUUID() + "\r\n", body);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, Double> counts() {
    return Map.of();
  }

  @Override
  public Optional<Load> load(Work work) {
    return Optional.ofNullable(works.get(work));
  }

  @Override
  public void close() {
    end.run();
  }
}
