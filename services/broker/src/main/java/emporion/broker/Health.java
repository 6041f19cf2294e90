package emporion.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /health/started} as MicroProfile Health
 * words them: 200 and {@code UP}, or 503 and {@code DOWN}. Live is whoever answers; started and
 * ready are told by the checks, made anew for each request.
 */
final class Health implements Closeable {
  private static final int PROBE_MILLIS = 1_000;
  private static final byte[] AMQP_0_9_1 = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int METHOD_FRAME = 1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Map<String, BooleanSupplier> checks = Map.of("start", () -> false);

  private Health(HttpServer server) {
    this.server = server;
  }

  static Health start(Settings settings) throws IOException {
    var health = new Health(bind(settings));
    health.answer("/health/live", false);
    health.answer("/health/started", true);
    health.answer("/health/ready", true);
    health.server.setExecutor(health.threads);
    health.server.start();
    return health;
  }

  private static HttpServer bind(Settings settings) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(settings.host(), settings.healthPort()), 0);
    } catch (BindException e) {
      throw StartFailure.taken(Settings.HEALTH_PORT, settings.host(), settings.healthPort(), e);
    }
  }

  /** From here on readiness is what the checks say. */
  void observe(Map<String, BooleanSupplier> checks) {
    this.checks = checks;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(String path, boolean checked) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answer(exchange, path, checked);
          }
        });
  }

  private void answer(HttpExchange exchange, String path, boolean checked) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      exchange.sendResponseHeaders(404, -1);
    } else if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      exchange.sendResponseHeaders(405, -1);
    } else {
      send(exchange, checked ? outcomes() : Map.of());
    }
  }

  private Map<String, Boolean> outcomes() {
    var outcomes = new LinkedHashMap<String, Boolean>();
    checks.forEach((name, check) -> outcomes.put(name, check.getAsBoolean()));
    return outcomes;
  }

  private static void send(HttpExchange exchange, Map<String, Boolean> outcomes)
      throws IOException {
    boolean up = !outcomes.containsValue(false);
    var body =
        outcomes.entrySet().stream()
            .map(e -> "{\"name\":\"%s\",%s}".formatted(e.getKey(), status(e.getValue())))
            .collect(Collectors.joining(",", "{" + status(up) + ",\"checks\":[", "]}"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(up ? 200 : 503, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String status(boolean up) {
    return up ? "\"status\":\"UP\"" : "\"status\":\"DOWN\"";
  }

  /** Whether a client of AMQP 0-9-1 is greeted there. */
  static boolean greetsAmqp(InetAddress host, int port) {
    return greets(host, port, AMQP_0_9_1, METHOD_FRAME);
  }

  /** Whether a client of SMTP is greeted there: a reply of the 2xx kind. */
  static boolean greetsSmtp(InetAddress host, int port) {
    return greets(host, port, new byte[0], '2');
  }

  private static boolean greets(InetAddress host, int port, byte[] hello, int first) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write(hello);
      return socket.getInputStream().read() == first;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
