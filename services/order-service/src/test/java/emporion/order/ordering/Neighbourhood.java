package emporion.order.ordering;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Product-service and payment-service as ordering sees them: they remember each call, answer by
 * script, and do what they should where the script is silent.
 */
public final class Neighbourhood {
  private static final String PROBLEM = "application/problem+json";

  /** What a neighbour does instead of its duty. */
  enum Trouble {
    /** Says that there is not enough stock. */
    OUT_OF_STOCK,
    /** Says that the card was declined. */
    DECLINED,
    /** Finds fault with the request before it looks at its key. */
    TURNED_AWAY,
    /** Closes the connection without a word. */
    NO_ANSWER,
    /** Fails with a 500. */
    BROKEN,
    /** Does its duty late, within what a caller waits. */
    SLOW,
    /** Takes as long, and does not know the product by then. */
    SLOW_AND_GONE
  }

  private final HttpServer server;
  private final Map<String, Queue<Trouble>> script = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  Neighbourhood() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/reservations/", this::step);
    server.createContext("/v1/charges/", this::step);
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next calls of this kind, {@code PUT charge} for one, meet these troubles in turn. */
  void upset(String call, Trouble... troubles) {
    script.computeIfAbsent(call, c -> new ConcurrentLinkedQueue<>()).addAll(List.of(troubles));
  }

  /** All calls of this kind fail until it is mended. */
  void breakDown(String call) {
    broken.add(call);
  }

  void mend(String call) {
    broken.remove(call);
  }

  void mend() {
    broken.clear();
  }

  /** How many calls of this kind have a trouble before them. */
  int troubles(String call) {
    return script.getOrDefault(call, new ConcurrentLinkedQueue<>()).size();
  }

  /** The steps that were asked for one order, in order. */
  public List<String> callsFor(String orderId) {
    return calls.stream()
        .filter(call -> call.endsWith(orderId))
        .map(call -> call.substring(0, call.lastIndexOf(' ')))
        .toList();
  }

  private void step(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var parts = exchange.getRequestURI().getPath().split("/");
    var key = parts[3].split(":");
    var call = exchange.getRequestMethod() + " " + (parts.length > 4 ? parts[4] : key[1]);
    calls.add(call + " " + key[0]);
    var trouble = trouble(call);
    if (trouble == Trouble.SLOW) {
      pause();
    }
    switch (trouble) {
      case null -> done(exchange);
      case SLOW, SLOW_AND_GONE -> done(exchange);
      case OUT_OF_STOCK -> refuse(exchange, 409, "out-of-stock");
      case DECLINED -> refuse(exchange, 402, "payment-declined");
      case TURNED_AWAY -> refuse(exchange, 400, "invalid-request");
      case BROKEN -> refuse(exchange, 500, "internal");
      case NO_ANSWER -> exchange.close();
    }
  }

  /** What stands before this call of its kind; null where nothing does. */
  Trouble trouble(String call) {
    return broken.contains(call)
        ? Trouble.BROKEN
        : script.getOrDefault(call, new ConcurrentLinkedQueue<>()).poll();
  }

  static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700));
  }

  private static void done(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "application/json", "{\"key\":\"k\",\"status\":\"ok\"}");
  }

  private static void refuse(HttpExchange exchange, int status, String slug) throws IOException {
    answer(
        exchange,
        status,
        PROBLEM,
        """
        {"type":"urn:emporion:problem:%s","title":"No","status":%d,"detail":"Because."}\
        """
            .formatted(slug, status));
  }

  private static void answer(HttpExchange exchange, int status, String type, String json)
      throws IOException {
    try (exchange) {
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
