package emporion.chassis.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import emporion.chassis.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A Consul agent, as far as services are concerned: it takes them in and forgets them, answers
 * blocking queries, and asks their HTTP checks by itself. What Consul's documents say of it ({@code
 * /v1/agent/service/*}, {@code /v1/health/service/*}, {@code /v1/catalog/*}) holds, but for nodes,
 * data centres and access control, of which there is one and none.
 */
public final class ConsulAgent implements AutoCloseable {
  private static final long LONGEST_WAIT = 600_000;
  private static final long DEFAULT_WAIT = 300_000;

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Registered> services = new LinkedHashMap<>();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final HttpServer server;
  private long index = 1;

  /** An instance, with its check. */
  private static final class Registered {
    private final Map<String, Object> service;
    private final Optional<Map<String, Object>> check;
    private String status;
    private String output = "";
    private long criticalSince = System.nanoTime();

    Registered(Map<String, Object> service, Optional<Map<String, Object>> check) {
      this.service = service;
      this.check = check;
      this.status =
          check
              .map(one -> Optional.ofNullable((String) one.get("Status")).orElse("critical"))
              .orElse("passing");
    }
  }

  /** Listens at any free port. */
  public ConsulAgent() {
    this(0);
  }

  /** Listens at a port, and knows nothing. */
  public ConsulAgent(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/", this::answer);
    server.start();
  }

  /** Where it listens, at 127.0.0.1. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The ids of all instances that are registered under a name. */
  public List<String> ids(String name) {
    return locked(() -> of(name).stream().map(one -> (String) one.service.get("ID")).toList());
  }

  @Override
  public void close() {
    server.stop(0);
    clock.shutdownNow();
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().substring("/v1/".length()).split("/", 4);
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean put = "PUT".equals(exchange.getRequestMethod());
      switch (String.join("/", Arrays.copyOf(path, Math.min(3, path.length)))) {
        case "agent/service/register" -> register(exchange, put, body);
        case "agent/service/deregister" -> deregister(exchange, put, path[3]);
        case "agent/services" -> say(exchange, locked(this::all));
        case "agent/self" -> say(exchange, Map.of("Config", Map.of("NodeName", "test")));
        case "status/leader" -> say(exchange, "127.0.0.1:8300");
        case "catalog/services" -> watched(exchange, this::names);
        default -> named(exchange, path);
      }
    } catch (RuntimeException e) {
      exchange.sendResponseHeaders(500, -1);
    }
  }

  private void named(HttpExchange exchange, String... path) throws IOException {
    switch (path[0] + "/" + path[1]) {
      case "agent/service" -> {
        var known = locked(() -> Optional.ofNullable(services.get(path[2])));
        if (known.isEmpty()) {
          text(exchange, 404, "unknown service ID: " + path[2]);
        } else {
          say(exchange, known.get().service);
        }
      }
      case "health/service" -> watched(exchange, () -> health(exchange, path[2]));
      case "catalog/service" ->
          watched(exchange, () -> of(path[2]).stream().map(ConsulAgent::inCatalog).toList());
      default -> text(exchange, 404, "");
    }
  }

  private void register(HttpExchange exchange, boolean put, String body) throws IOException {
    var asked = anyCase(Json.read(body, Map.class));
    if (!put || asked.get("Name") == null) {
      text(exchange, put ? 400 : 405, "Missing service name");
      return;
    }
    var service = new LinkedHashMap<String, Object>();
    var name = (String) asked.get("Name");
    service.put("ID", Optional.ofNullable(asked.get("ID")).orElse(name));
    service.put("Service", name);
    service.put("Tags", Optional.ofNullable(asked.get("Tags")).orElse(List.of()));
    service.put("Meta", Optional.ofNullable(asked.get("Meta")).orElse(Map.of()));
    service.put("Port", Optional.ofNullable(asked.get("Port")).orElse(0));
    service.put("Address", Optional.ofNullable(asked.get("Address")).orElse(""));
    var registered =
        new Registered(
            service,
            Optional.ofNullable(asked.get("Check")).map(check -> anyCase((Map<?, ?>) check)));
    locked(
        () -> {
          services.put((String) service.get("ID"), registered);
          return change();
        });
    registered
        .check
        .filter(check -> check.get("HTTP") != null)
        .ifPresent(check -> watch(registered));
    text(exchange, 200, "");
  }

  /** An agent reads names in whatever case they come. */
  private static Map<String, Object> anyCase(Map<?, ?> said) {
    var read = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
    said.forEach((name, value) -> read.put((String) name, value));
    return read;
  }

  private void watch(Registered one) {
    long interval = millis((String) one.check.orElseThrow().get("Interval"));
    var work = new Runnable[1];
    work[0] =
        () -> {
          boolean known = locked(() -> services.containsValue(one));
          if (known) {
            check(one);
            clock.schedule(work[0], interval, TimeUnit.MILLISECONDS);
          }
        };
    clock.schedule(work[0], Math.min(interval, 1_000), TimeUnit.MILLISECONDS);
  }

  private void check(Registered one) {
    var check = one.check.orElseThrow();
    var status = ask(check);
    locked(
        () -> {
          if (!one.status.equals(status)) {
            one.status = status;
            one.criticalSince = System.nanoTime();
            change();
          }
          var after = (String) check.get("DeregisterCriticalServiceAfter");
          if (status.equals("critical")
              && after != null
              && System.nanoTime() - one.criticalSince > millis(after) * 1_000_000) {
            services.values().remove(one);
            change();
          }
          return one;
        });
  }

  private static String ask(Map<?, ?> check) {
    try {
      var asked =
          (HttpURLConnection) URI.create((String) check.get("HTTP")).toURL().openConnection();
      int patience =
          (int)
              Optional.ofNullable((String) check.get("Timeout"))
                  .map(ConsulAgent::millis)
                  .orElse(10_000L)
                  .longValue();
      asked.setConnectTimeout(patience);
      asked.setReadTimeout(patience);
      int status = asked.getResponseCode();
      return status / 100 == 2 ? "passing" : status == 429 ? "warning" : "critical";
    } catch (IOException e) {
      return "critical";
    }
  }

  private void deregister(HttpExchange exchange, boolean put, String id) throws IOException {
    boolean known =
        put
            && locked(
                () -> {
                  boolean was = services.remove(id) != null;
                  return was && change();
                });
    text(exchange, put ? known ? 200 : 404 : 405, known ? "" : "Unknown service ID \"" + id + "\"");
  }

  private boolean change() {
    index++;
    changed.signalAll();
    return true;
  }

  private Map<String, Object> all() {
    var all = new LinkedHashMap<String, Object>();
    services.forEach((id, one) -> all.put(id, one.service));
    return all;
  }

  private Map<String, Object> names() {
    var names = new LinkedHashMap<String, Object>();
    services
        .values()
        .forEach(one -> names.put((String) one.service.get("Service"), one.service.get("Tags")));
    return names;
  }

  private List<Registered> of(String name) {
    return services.values().stream()
        .filter(one -> name.equals(one.service.get("Service")))
        .toList();
  }

  private List<Map<String, Object>> health(HttpExchange exchange, String name) {
    boolean passing = query(exchange).containsKey("passing");
    return of(name).stream()
        .filter(one -> !passing || one.status.equals("passing"))
        .map(ConsulAgent::inHealth)
        .toList();
  }

  private static Map<String, Object> inHealth(Registered one) {
    var checks = new ArrayList<Map<String, Object>>();
    one.check.ifPresent(
        check ->
            checks.add(
                Map.of(
                    "Node",
                    "test",
                    "CheckID",
                    "service:" + one.service.get("ID"),
                    "Status",
                    one.status,
                    "Output",
                    one.output,
                    "ServiceID",
                    one.service.get("ID"),
                    "ServiceName",
                    one.service.get("Service"))));
    return Map.of(
        "Node",
        Map.of("Node", "test", "Address", "127.0.0.1", "Datacenter", "dc1"),
        "Service",
        one.service,
        "Checks",
        checks);
  }

  private static Map<String, Object> inCatalog(Registered one) {
    return Map.of(
        "Node", "test",
        "Address", "127.0.0.1",
        "ServiceID", one.service.get("ID"),
        "ServiceName", one.service.get("Service"),
        "ServiceAddress", one.service.get("Address"),
        "ServicePort", one.service.get("Port"),
        "ServiceTags", one.service.get("Tags"));
  }

  /** Answers at once where no index is given, or another one; otherwise with the next change. */
  private void watched(HttpExchange exchange, Supplier<Object> answer) throws IOException {
    var query = query(exchange);
    long seen = Long.parseLong(query.getOrDefault("index", "0"));
    long wait =
        Math.min(
            LONGEST_WAIT,
            Optional.ofNullable(query.get("wait")).map(ConsulAgent::millis).orElse(DEFAULT_WAIT));
    Object said;
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(wait);
      while (seen == index && left > 0) {
        left = changed.awaitNanos(left);
      }
      said = answer.get();
      exchange.getResponseHeaders().set("X-Consul-Index", Long.toString(index));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      lock.unlock();
    }
    exchange.getResponseHeaders().set("X-Consul-KnownLeader", "true");
    exchange.getResponseHeaders().set("X-Consul-LastContact", "0");
    say(exchange, said);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var query = new LinkedHashMap<String, String>();
    var raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    for (var pair : raw.split("&")) {
      var parts = pair.split("=", 2);
      query.put(
          parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  /** Of a duration in Go's manner, of one unit. */
  private static long millis(String duration) {
    var unit = duration.replaceAll("[0-9]", "");
    long number = Long.parseLong(duration.replaceAll("[^0-9]", ""));
    return number
        * switch (unit) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> throw new IllegalArgumentException(duration);
        };
  }

  private static void say(HttpExchange exchange, Object value) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    text(exchange, 200, Json.write(value));
  }

  private static void text(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
