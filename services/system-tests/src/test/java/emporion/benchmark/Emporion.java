package emporion.benchmark;

import emporion.local.Pairs;
import emporion.tour.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A shop: the one that runs, or one of the instrument's own. It is found as people find it, by
 * {@code env/local/ps} and the files of its folder.
 */
final class Emporion implements Subject {
  private static final String POSTGRES = "postgres";

  /** What lies there says nothing of an order, or is told by the server whose it is. */
  private static final String NO_DATA = "run|logs|postgres";

  private static final String WATCHERS = "prometheus|zipkin";

  private final String name;
  private final Optional<Shop> own;
  private final Path data;
  private Map<String, Line> lines;
  private Optional<Postgres> postgres;
  private Optional<People> people = Optional.empty();

  private record Line(Optional<Long> pid, Map<String, Integer> ports) {}

  private Emporion(String name, Optional<Shop> own, Path data) {
    this.name = name;
    this.own = own;
    this.data = data;
    find();
  }

  /** The one that runs where the environment's LOCAL_HOME says. */
  static Emporion running() {
    var home = System.getenv().getOrDefault("LOCAL_HOME", "");
    var data = (home.isEmpty() ? Shop.root("") : Path.of(home)).resolve("env/local/data");
    return new Emporion("emporion", Optional.empty(), data);
  }

  /** A new one, with the caches and the virtual machines' options of one that is no test. */
  static Emporion own(String database, String broker) {
    var settings =
        Map.of(
            "LOCAL_DATABASE",
            database,
            "LOCAL_BROKER",
            broker,
            "LOCAL_JAVA_FLAGS",
            Shop.javaFlags(),
            "LOCAL_AOT",
            System.getenv().getOrDefault("LOCAL_AOT", "on"),
            "EMPORION_GATEWAY_CALL_TIMEOUT",
            "PT10S",
            "EMPORION_ORDER_DEADLINE",
            "PT30S");
    var shop = new Shop("benchmark-" + database, self -> settings);
    return new Emporion("emporion, " + database, Optional.of(shop), shop.data());
  }

  private void find() {
    var told = own.map(Shop::ps).orElseGet(() -> Shop.ps(System.getenv()));
    lines = new LinkedHashMap<>();
    told.succeeded().output().lines().forEach(this::add);
    var stopped = lines.get("gateway").pid().isEmpty();
    if (stopped) {
      throw new IllegalStateException("No shop runs: start one with env/local/up --detach.");
    }
    postgres = lines.get(POSTGRES).pid().map(pid -> server());
  }

  private void add(String line) {
    var words = line.split("\\s+");
    var ports = new LinkedHashMap<String, Integer>();
    Stream.of(words)
        .skip(2)
        .map(pair -> pair.split("="))
        .forEach(pair -> ports.put(pair[0], Integer.parseInt(pair[1])));
    var pid = Optional.of(words[1]).filter(it -> !it.equals("-")).map(Long::parseLong);
    lines.put(words[0], new Line(pid, ports));
  }

  private Postgres server() {
    var port = lines.get(POSTGRES).ports().values().iterator().next();
    var password = Pairs.read(data.resolve("secrets.env")).get("POSTGRES_PASSWORD");
    return new Postgres("jdbc:postgresql://127.0.0.1:%d/".formatted(port), POSTGRES, password);
  }

  @Override
  public String name() {
    return name;
  }

  /** Whether it may be stopped and started. */
  Optional<Shop> own() {
    return own;
  }

  Optional<Postgres> postgres() {
    return postgres;
  }

  Path data() {
    return data;
  }

  int port(String service) {
    return lines.get(service).ports().get("SERVER_PORT");
  }

  /** Ends a shop of one's own, which keeps its data. */
  void stop() {
    postgres.ifPresent(Postgres::close);
    own.orElseThrow().down().succeeded();
  }

  /** The shop that was stopped, whose processes are new. */
  void start() {
    own.orElseThrow().up("--detach").succeeded();
    find();
  }

  @Override
  public Processes processes() {
    var pids = new LinkedHashMap<String, Long>();
    lines.forEach((process, line) -> line.pid().ifPresent(pid -> pids.put(process, pid)));
    pids.keySet().removeIf(process -> process.matches(WATCHERS));
    return new Processes(pids);
  }

  @Override
  public Map<String, Double> counts() {
    var counts = new TreeMap<>(postgres.map(Postgres::counts).orElse(Map.of()));
    counts.put("calls that write", (double) processes().writes());
    counts.put("microseconds of compilers", processes().compiling());
    try (var entries = Files.list(data)) {
      for (var folder : entries.filter(Files::isDirectory).toList()) {
        var what = folder.getFileName().toString();
        if (!what.matches(NO_DATA)) {
          counts.put("bytes " + what, (double) size(folder));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counts;
  }

  /** Files come and go while they are counted. */
  private static long size(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    } catch (IOException | UncheckedIOException e) {
      return size(folder);
    }
  }

  /** Customers and products of a measurement, made at the first call. */
  People people() {
    if (people.isEmpty()) {
      people = Optional.of(new People(port("gateway"), data));
    }
    return people.get();
  }

  @Override
  public Optional<Load> load(Work work) {
    var people = people();
    int gateway = port("gateway");
    var tokens = people.tokens();
    var token = tokens.getFirst();
    return Optional.of(
        switch (work) {
          case USER -> reading(port("user-service"), "/v1/users/" + people.first(), token);
          case GATEWAY -> reading(gateway, "/v1/users/" + people.first(), token);
          case PRODUCTS -> reading(gateway, "/v1/products?limit=24", "");
          case TIMELINE -> reading(gateway, "/v1/orders/" + people.order(token), token);
          case ORDER ->
              new Load(gateway, n -> order(people, tokens.get(n % tokens.size()), n), "20");
        });
  }

  private static Load reading(int port, String path, String token) {
    var request = Load.get(path, token);
    return new Load(port, n -> request, "200");
  }

  private static byte[] order(People people, String token, int n) {
    var key = "Idempotency-Key: " + UUID.randomUUID() + "\r\n";
    return Load.post("/v1/orders", token, key, people.cart(n));
  }

  @Override
  public void close() {
    postgres.ifPresent(Postgres::close);
    own.ifPresent(Shop::close);
  }
}
