package emporion.order.ordering;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import emporion.chassis.telemetry.Trace;
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

  /** What a neighbour does instead of its duty, or of its duty as of an earlier release. */
  public enum Trouble {
    /** Says that there is not enough stock. */
    OUT_OF_STOCK,
    /** Says that the card was declined. */
    DECLINED,
    /** Says that the card has too little. */
    INSUFFICIENT_FUNDS,
    /** Says that the card is too old. */
    EXPIRED_CARD,
    /** Finds fault with the request before it looks at its key. */
    TURNED_AWAY,
    /** Closes the connection without a word. */
    NO_ANSWER,
    /** Fails with a 500. */
    BROKEN,
    /** Does its duty, and says that the event alone sells, as product-service does by now. */
    SOLD_BY_EVENT,
    /** Does its duty late, within what a caller waits. */
    SLOW,
    /** Takes as long, and does not know the product by then. */
    SLOW_AND_GONE,
    /** Says nothing for longer than anybody waits. */
    SILENT
  }

  private final HttpServer server;
  private final Map<String, Queue<Trouble>> script = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, List<Trace>> traces = new ConcurrentHashMap<>();
  private final Map<String, String> charged = new ConcurrentHashMap<>();
  private final Map<String, String> queries = new ConcurrentHashMap<>();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Map<String, String> told = new ConcurrentHashMap<>();

  Neighbourhood() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/reservations/", this::step);
    server.createContext("/v1/charges/", this::step);
    server.createContext(
        "/v1/card-network",
        exchange ->
            answer(exchange, 200, "application/json", "{\"token_pattern\":\"tok_visa|tok_amex\"}"));
    for (var path : List.of("/v1/order-notifications", "/v1/event-receipts", "/v1/reservations")) {
      server.createContext(path, exchange -> tell(exchange, "GET " + path, ""));
    }
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next calls of this kind, {@code PUT charge} for one, meet these troubles in turn. */
  public void upset(String call, Trouble... troubles) {
    script.computeIfAbsent(call, c -> new ConcurrentLinkedQueue<>()).addAll(List.of(troubles));
  }

  /** No call of this kind meets a trouble any more. */
  void calm(String call) {
    script.remove(call);
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

  /** The traces of all calls of this kind for an order, in order. */
  List<Trace> traces(String call, String orderId) {
    return traces.getOrDefault(call + " " + orderId, List.of());
  }

  /** What is answered from now on where somebody asks for a history. */
  public void tell(String call, String orderId, String json) {
    told.put(call + " " + orderId, json);
  }

  private void tell(HttpExchange exchange, String call, String orderId) throws IOException {
    calls.add(call + " " + orderId);
    var trouble = trouble(call);
    var json = told.get(call + " " + orderId);
    if (trouble == Trouble.SILENT) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
    }
    if (trouble != null) {
      refuse(exchange, 500, "internal");
    } else if (json == null) {
      refuse(exchange, 404, "not-found");
    } else {
      answer(exchange, 200, "application/json", json);
    }
  }

  private void step(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath().split("/");
    if (path[path.length - 1].equals("history")) {
      tell(exchange, "GET " + path[2] + " history", path[3].split(":")[0]);
    } else {
      serve(exchange);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var parts = exchange.getRequestURI().getPath().split("/");
    var key = parts[3].split(":");
    var call = exchange.getRequestMethod() + " " + (parts.length > 4 ? parts[4] : key[1]);
    calls.add(call + " " + key[0]);
    traces
        .computeIfAbsent(call + " " + key[0], c -> new CopyOnWriteArrayList<>())
        .add(Trace.of(exchange.getRequestHeaders()::getFirst));
    var query = exchange.getRequestURI().getQuery();
    if (query != null) {
      queries.put(call + " " + key[0], query);
    }
    var trouble = trouble(call);
    if (trouble == Trouble.SLOW) {
      pause();
    }
    switch (trouble) {
      case null -> done(exchange, call, key[0], body);
      case SOLD_BY_EVENT ->
          answer(
              exchange,
              201,
              "application/json",
              "{\"key\":\"k\",\"status\":\"reserved\",\"sold_by_event\":\"order_confirmed\"}");
      case SLOW, SLOW_AND_GONE -> done(exchange, call, key[0], body);
      case OUT_OF_STOCK -> refuse(exchange, 409, "out-of-stock");
      case DECLINED -> decline(exchange, "card_declined");
      case INSUFFICIENT_FUNDS -> decline(exchange, "insufficient_funds");
      case EXPIRED_CARD -> decline(exchange, "expired_card");
      case TURNED_AWAY -> refuse(exchange, 400, "invalid-request");
      case BROKEN -> refuse(exchange, 500, "internal");
      case NO_ANSWER, SILENT -> exchange.close();
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

  private void done(HttpExchange exchange, String call, String order, String body)
      throws IOException {
    if (call.equals("PUT charge")) {
      charged.put(order, body.replaceFirst(".*(\\{\"amount\":\\d+,[^}]*}).*", "$1"));
    }
    var money = call.equals("DELETE charge") ? charged.get(order) : null;
    var refunded = money == null ? "" : ",\"refunded\":" + money;
    answer(exchange, 200, "application/json", "{\"key\":\"k\",\"status\":\"ok\"" + refunded + "}");
  }

  /** What the last call of this kind for an order said in its query. */
  String query(String call, String orderId) {
    return queries.getOrDefault(call + " " + orderId, "");
  }

  private static void decline(HttpExchange exchange, String reason) throws IOException {
    answer(
        exchange,
        402,
        PROBLEM,
        """
        {"type":"urn:emporion:problem:payment-declined","title":"No","status":402,\
        "detail":"Because.","reason":"%s"}\
        """
            .formatted(reason));
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
