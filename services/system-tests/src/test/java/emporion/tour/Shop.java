package emporion.tour;

import static org.awaitility.Awaitility.await;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.client.api.UsersV1Api;
import emporion.client.model.UserRequestV1;
import emporion.local.Pairs;
import emporion.local.Ports;
import emporion.local.Prometheus;
import emporion.local.Service;
import emporion.local.Services;
import emporion.local.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A whole shop of the test run's own, and the people who come to it. */
public final class Shop {
  private static final Path ROOT = root();
  private static final Services TABLE = services(0);
  private static final Settings SETTINGS =
      Settings.read(ROOT.resolve("env/local/settings.env"), Map.of(), TABLE);

  // Below the ports that the kernel hands out to clients.
  private static final int LEAST_SHIFT = 10_000;
  private static final int LARGEST_SHIFT = 22_000;

  // No two ports of a shop, those of its cables, second instances and proxy included, are a
  // multiple of it apart: so the ports of two shops never meet.
  private static final int APART = 231;

  private static int lastShift = ThreadLocalRandom.current().nextInt(LEAST_SHIFT, LARGEST_SHIFT);

  private static final List<String> PORTS_OF_SERVERS =
      List.of(
          "LOCAL_POSTGRES_PORT", "LOCAL_PROMETHEUS_PORT", "LOCAL_ZIPKIN_PORT", "LOCAL_OTLP_PORT");

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(12);
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(1);

  private final int shift = freeShift();
  private final Services services = services(shift);
  private final Path home;
  private final Function<Shop, Map<String, String>> more;
  private final Thread safetyNet = new Thread(this::down, "ends the shop");
  private Optional<Prism> proxy = Optional.empty();
  private Client visitor;
  private Client keeper;

  Shop() {
    this("shop", shop -> Map.of());
  }

  /**
   * Starts with empty data; ends with the JVM at the latest, whatever ends that, short of a kill.
   *
   * @param name of its folder below {@code target}
   * @param more settings, which may name this shop's ports
   * @param flags of {@code env/local/up}
   */
  public Shop(String name, Function<Shop, Map<String, String>> more, String... flags) {
    home = Path.of("target", name).toAbsolutePath();
    this.more = more;
    down(); // what a killed run may have left
    Runtime.getRuntime().addShutdownHook(safetyNet);
    up(Stream.concat(Stream.of("--detach", "--fresh"), Stream.of(flags)).toArray(String[]::new))
        .succeeded();
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("env/local/up"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static Services services(int shift) {
    return Services.read(ROOT.resolve("env/local/services.conf"), shift);
  }

  /** Two shops of one run take different ones, also before the first has opened its ports. */
  private static synchronized int freeShift() {
    lastShift =
        IntStream.iterate(lastShift, Shop::next)
            .skip(1)
            .limit(1_000)
            .filter(shift -> allPorts(shift).allMatch(Ports::isFree))
            .findFirst()
            .orElseThrow();
    return lastShift;
  }

  private static int next(int shift) {
    int farther = shift + APART;
    return farther < LARGEST_SHIFT ? farther : LEAST_SHIFT + (farther - LEAST_SHIFT) % APART;
  }

  private static IntStream allPorts(int shift) {
    var ofServices = TABLE.all().stream().flatMap(service -> service.ports().values().stream());
    return Stream.concat(ofServices, PORTS_OF_SERVERS.stream().map(SETTINGS::number))
        .mapToInt(port -> port + shift);
  }

  // --- the scripts -----------------------------------------------------------------------------

  public Script up(String... arguments) {
    return script("up", STARTS_WITHIN, arguments);
  }

  Script restart(String... arguments) {
    return script("restart", STARTS_WITHIN, arguments);
  }

  public Script down() {
    return script("down", STOPS_WITHIN);
  }

  /** What runs, and where it listens. */
  public Script ps() {
    return script("ps", STOPS_WITHIN);
  }

  /** The same of the shop that an environment chooses. */
  public static Script ps(Map<String, String> environment) {
    return Script.run(ROOT, environment, STOPS_WITHIN, List.of("env/local/ps"));
  }

  private Script script(String name, Duration patience, String... arguments) {
    var command = Stream.concat(Stream.of("env/local/" + name), Stream.of(arguments)).toList();
    return Script.run(ROOT, settings(), patience, command);
  }

  private Map<String, String> settings() {
    var settings = new HashMap<>(standard());
    settings.putAll(more.apply(this));
    return settings;
  }

  private Map<String, String> standard() {
    return Map.of(
        "LOCAL_HOME", home.toString(),
        "LOCAL_PORT_SHIFT", Integer.toString(shift),
        "LOCAL_AOT", "off", // a cache takes longer to make than this run would win by it
        "LOCAL_JAVA_FLAGS", javaFlags() + " -XX:TieredStopAtLevel=1", // nobody lives long here
        // A busy machine is slow, which is no failure of the shop.
        "LOCAL_READY_SECONDS", "600",
        "EMPORION_GATEWAY_CALL_TIMEOUT", "PT25S",
        "EMPORION_ORDER_DEADLINE", "PT2M");
  }

  /** From now on people come through a proxy that validates, where it is installed. */
  Shop validated() {
    proxy = Prism.before(gateway(), port("gateway") + 60, data().resolve("logs/prism.log"));
    return this;
  }

  /** The JVM's options in a shop that is no test. */
  public static String javaFlags() {
    return SETTINGS.text("LOCAL_JAVA_FLAGS");
  }

  /** Ends the shop for good. */
  public void close() {
    proxy.ifPresent(Prism::close);
    down().succeeded();
    Runtime.getRuntime().removeShutdownHook(safetyNet);
  }

  // --- the processes ---------------------------------------------------------------------------

  public Stream<String> services() {
    return services.all().stream().map(Service::name);
  }

  /** Where a process serves. */
  public int port(String service) {
    return port(service, service.equals("broker") ? "EMPORION_BROKER_PORT" : "SERVER_PORT");
  }

  /** Where a process tells of its health and gives its metrics. */
  public int managementPort(String process) {
    return services.instance(process).orElseThrow().healthPort();
  }

  /** Where a service speaks gRPC, if it does. */
  public int grpcPort(String service) {
    return port(service, "EMPORION_GRPC_PORT");
  }

  private int port(String service, String variable) {
    return services.get(service).ports().get(variable);
  }

  /** Of the Prometheus of this shop, where it has one; nobody else's in any case. */
  public int prometheusPort() {
    return SETTINGS.number("LOCAL_PROMETHEUS_PORT") + shift;
  }

  /** Where the traces of this shop are to be seen, where that is wanted. */
  int zipkinPort() {
    return SETTINGS.number("LOCAL_ZIPKIN_PORT") + shift;
  }

  /** What a Prometheus has to know to read the metrics of this shop. */
  public String prometheusSettings(Duration interval) {
    return Prometheus.settings(services.all(), root("helm/emporion/rules"), interval);
  }

  /** The process that keeps the queues. */
  public String eventServer() {
    return Files.exists(data().resolve("run/rabbitmq.pid")) ? "rabbitmq" : "broker";
  }

  /** A password that only the shop's own processes are given. */
  public String secret(String name) {
    return pairs("secrets.env").get(name);
  }

  /** All that only the shop's own processes and its administrator may know. */
  public List<String> secrets() {
    var own = pairs("secrets.env").values().stream();
    var given = credentials().entrySet().stream().filter(e -> e.getKey().endsWith("_PASSWORD"));
    return Stream.concat(own, given.map(Map.Entry::getValue)).toList();
  }

  /** What everybody on the machine sees of a process. */
  public String commandLine(String service) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process(service).pid()), "cmdline"));
  }

  public ProcessHandle process(String service) {
    return running(service).orElseThrow();
  }

  /** Empty where it has died. */
  public Optional<ProcessHandle> running(String service) {
    var file = data().resolve("run/" + service + ".pid");
    return ProcessHandle.of(Long.parseLong(read(file).split(" ")[0]));
  }

  /** Whether a service says that it can work. */
  public boolean isReady(String service) {
    try {
      var uri = URI.create("http://127.0.0.1:" + managementPort(service));
      return Http.to(uri).get("/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The database of a service in the shop's PostgreSQL, as one who may do anything. */
  public Connection postgres(String service) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(SETTINGS.number("LOCAL_POSTGRES_PORT") + shift, service.replace('-', '_')),
        "postgres",
        secret("POSTGRES_PASSWORD"));
  }

  /** Asks one service to end (SIGTERM) and waits until it has. */
  void stop(String service) {
    var process = process(service);
    process.destroy();
    await(service + " ends").atMost(STOPS_WITHIN).until(() -> !process.isAlive());
  }

  /** Ends one process as if it had died; {@code up} starts it again. */
  public void kill(String service) {
    var process = process(service);
    process.destroyForcibly();
    await(service + " is gone").atMost(STOPS_WITHIN).until(() -> !process.isAlive());
  }

  List<Integer> openPorts() {
    return allPorts(shift).filter(Shop::isOpen).boxed().toList();
  }

  static boolean isOpen(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  // --- what lies in its folder -----------------------------------------------------------------

  public static Path root(String path) {
    return ROOT.resolve(path);
  }

  public Path data() {
    return home.resolve("env/local/data");
  }

  /** The seeded accounts and their passwords, by name as in the file. */
  public Map<String, String> credentials() {
    return pairs("credentials.env");
  }

  private Map<String, String> pairs(String file) {
    return Pairs.read(data().resolve(file));
  }

  /** All mails in the mailbox's folder, as they came. */
  public List<String> mails() {
    try (var files = Files.list(data().resolve("mailbox"))) {
      return files.filter(file -> file.toString().endsWith(".eml")).map(Shop::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- the people ------------------------------------------------------------------------------

  /** Where people come in. */
  public URI uri() {
    return proxy.map(Prism::uri).orElseGet(this::gateway);
  }

  /** The gateway itself, also where people come through a proxy. */
  public URI gateway() {
    return URI.create("http://127.0.0.1:" + port("gateway"));
  }

  /** Somebody without an account. */
  public Http anybody() {
    return Http.to(uri());
  }

  /** The same, who has nothing but the client for Java. */
  private synchronized Client visitor() {
    if (visitor == null) {
      visitor = new Client(uri());
    }
    return visitor;
  }

  /** Signed in once for all tests: a token outlives the run, and passwords are slow to check. */
  public synchronized Client keeper() {
    if (keeper == null) {
      var known = credentials();
      keeper = visitor().signIn(known.get("ADMIN_USERNAME"), known.get("ADMIN_PASSWORD"));
    }
    return keeper;
  }

  /** The same person, for what is to be seen as HTTP. */
  public Http admin() {
    return anybody().as(keeper().token());
  }

  /** A shopper who has just registered. */
  public Shopper newShopper() {
    var name = "tour-" + UUID.randomUUID().toString().substring(0, 13);
    var password = "secret-" + UUID.randomUUID();
    var email = name + "@example.org";
    var wanted = new UserRequestV1().username(name).email(email).password(password);
    var user = visitor().ask(UsersV1Api.class, api -> api.registerUserV1(wanted, name));
    var client = visitor().signIn(name, password);
    var http = anybody().as(client.token());
    return new Shopper(user.getId(), name, email, password, client, http);
  }

  /** Gives a shopper a role, and the token that goes with it. */
  public Http appoint(Shopper person, String role) {
    if (role.equals("shopper")) {
      return person.http();
    }
    var path = "/v1/users/" + person.id();
    var tag = admin().get(path).header("ETag");
    var answer = admin().with("If-Match", tag).patch(path, "{\"role\": \"%s\"}".formatted(role));
    if (answer.status() != 200) {
      throw new AssertionError(person.name() + " can't become " + role + ": " + answer);
    }
    return anybody().as(token(person.name(), person.password()));
  }

  /**
   * Repeats a request that carries a key, or changes nothing, for as long as there is no time for
   * it, as a careful client does.
   */
  static Answer patiently(Callable<Answer> request) {
    return await("an answer in time")
        .atMost(STOPS_WITHIN)
        .pollInterval(Duration.ofMillis(500))
        .pollDelay(Duration.ZERO)
        .until(request, answer -> answer.status() != 503 && answer.status() != 504);
  }

  /** An access token, as the README's first step gets one. */
  public String token(String username, String password) {
    return visitor().signIn(username, password).token();
  }

  /** The access token of a service (RFC 6749, section 4.4). */
  public String clientToken(String id) {
    var secret =
        secret("EMPORION_CLIENTS_" + id.toUpperCase(Locale.ROOT).replace('-', '_') + "_SECRET");
    var form = "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret;
    return anybody()
        .with("Content-Type", "application/x-www-form-urlencoded")
        .send("POST", "/token", form)
        .text("/access_token");
  }

  /** One request for an access token. */
  public Answer signIn(String username, String password) {
    return anybody()
        .with("Content-Type", "application/x-www-form-urlencoded")
        .send("POST", "/token", "username=" + encoded(username) + "&password=" + encoded(password));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
