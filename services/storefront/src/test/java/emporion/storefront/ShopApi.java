package emporion.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One origin, as the gateway makes it: the API in the shapes that the page relies on, kept in
 * memory, and the storefront for every other path. Only small enough to be seen through, so no rule
 * of the shop is checked here but those that a page can trip over.
 */
final class ShopApi implements AutoCloseable {

  static final String PASSWORD = "a long enough secret";

  /** Half an answer: a browser repeats a request by itself that got nothing at all. */
  private static final Answer BROKEN_OFF = new Answer(201, "application/json", "{\"order_id\":");

  private static final Pattern ITEM =
      Pattern.compile("\"product_id\":\"([^\"]+)\",\"quantity\":(\\d+)");
  private static final Pattern CARD = Pattern.compile("\"token\":\"([^\"]+)\"");
  private static final Pattern USERNAME = Pattern.compile("\"username\":\"([^\"]*)\"");

  /** How long a token lives; the page renews before. */
  volatile int expiresIn = 900;

  /** The keys of all orders that were asked for, in turn, repeated ones included. */
  final List<String> orderKeys = new CopyOnWriteArrayList<>();

  /** Refresh tokens that were given back. */
  final List<String> revoked = new CopyOnWriteArrayList<>();

  /** What was sent to ask for a link, and what came of the link. */
  final List<String> forgotten = new CopyOnWriteArrayList<>();

  final List<String> redeemed = new CopyOnWriteArrayList<>();

  volatile boolean erased;

  final AtomicInteger refreshes = new AtomicInteger();

  final Shelves shelves = new Shelves();
  private final Map<String, Order> orders = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
  private final Map<String, Order> ordersByKey = new ConcurrentHashMap<>();
  private final Map<String, Boolean> users = new ConcurrentHashMap<>(Map.of("ada", true));
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile String refreshToken = "";
  private volatile String accessToken = "";

  private final HttpClient client = HttpClient.newHttpClient();
  private final RunningStorefront storefront;
  private final HttpServer server;

  /** An order whose outcome shows after so many looks. */
  private static final class Order {
    final String id;
    final List<MatchResult> items;
    final long total;
    final AtomicInteger looks;
    volatile String outcome;
    volatile String reason;

    Order(
        String id, List<MatchResult> items, long total, String outcome, String reason, int looks) {
      this.id = id;
      this.items = items;
      this.total = total;
      this.outcome = outcome;
      this.reason = reason;
      this.looks = new AtomicInteger(looks);
    }

    String status() {
      return looks.get() > 0 ? "pending" : outcome;
    }
  }

  record Answer(int status, String type, String body) {

    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }

    static Answer problem(int status, String slug, String title, String detail, String errors) {
      return new Answer(
          status,
          "application/problem+json",
          """
          {"type":"urn:emporion:problem:%s","title":"%s","status":%d,"detail":"%s","trace_id":"4bf92f3577b34da6","errors":%s}\
          """
              .formatted(slug, title, status, detail, errors));
    }
  }

  ShopApi(RunningStorefront storefront) throws IOException {
    this.storefront = storefront;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  int orderCount() {
    return orders.size();
  }

  /** As if so many orders had been placed before. */
  void haveOrders(int count) {
    for (int i = 0; i < count; i++) {
      Order order = decide("tok_visa", List.of());
      orders.put(order.id, order);
    }
  }

  /** As if the key that signed it had gone: the page's token is refused from now on. */
  void refuseAccessToken() {
    accessToken = "";
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (path.matches("/v2/.*|/token(/.*)?")) {
        Answer answer = api(exchange, path, body);
        send(exchange, answer);
      } else {
        forward(exchange);
      }
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    if (bytes.length == 0) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), bytes.length + (answer == BROKEN_OFF ? 100 : 0));
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
  }

  private void forward(HttpExchange exchange) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(storefront.at(exchange.getRequestURI().toString())).build();
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
      exchange.getResponseHeaders().remove("content-length");
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private Answer api(HttpExchange exchange, String path, String body) {
    String route = exchange.getRequestMethod() + " " + path;
    return switch (route) {
      case "POST /token" -> token(parameters(body));
      case "POST /token/revoke" -> {
        revoked.add(parameters(body).get("token"));
        yield Answer.json(200, "");
      }
      case "POST /v2/password-resets" -> {
        forgotten.add(body);
        yield Answer.json(202, "");
      }
      case "POST /v2/password-resets/redemptions" -> {
        redeemed.add(body);
        yield Answer.json(204, "");
      }
      case "POST /v2/users" -> register(body);
      case "GET /v2/products" -> shelves.search(parameters(exchange.getRequestURI().getRawQuery()));
      case "GET /v2/categories" -> shelves.categories();
      default -> {
        if (route.startsWith("GET /v2/products/")) {
          yield shelves.product(path.substring("/v2/products/".length()));
        }
        boolean known =
            ("Bearer " + accessToken)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        yield known
            ? ordering(exchange, route, body)
            : Answer.problem(401, "unauthorized", "Unauthorized", "A valid token is needed.", "[]");
      }
    };
  }

  private Answer ordering(HttpExchange exchange, String route, String body) {
    if (route.equals("POST /v2/orders")) {
      return place(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
    }
    if (route.equals("GET /v2/orders")) {
      return page(
          orders.values().stream().map(this::json).toList(), exchange.getRequestURI().getQuery());
    }
    if (route.equals("GET /v2/users/me")) {
      return Answer.json(200, user("ada"));
    }
    if (route.equals("DELETE /v2/users/me")) {
      erased = true;
      return Answer.json(204, "");
    }
    if (route.equals("GET /v2/payments") || route.equals("GET /v2/notifications")) {
      return page(List.of("{\"one\":1}", "{\"one\":2}"), exchange.getRequestURI().getQuery());
    }
    String[] parts = route.split("/");
    Order order = orders.get(parts[3]);
    if (order == null) {
      return Answer.problem(
          404, "order-not-found", "No such order", "There is no such order.", "[]");
    }
    if (route.endsWith("/cancel")) {
      order.outcome = "cancelled";
      order.reason = "cancelled_by_customer";
    }
    Answer answer = Answer.json(200, json(order));
    order.looks.updateAndGet(looks -> Math.max(0, looks - 1));
    return answer;
  }

  /** One item a page, whatever was asked for: every list has an end that is not on its first. */
  private static Answer page(List<String> items, String query) {
    int from = Integer.parseInt(parameters(query).getOrDefault("cursor", "0"));
    List<String> page = items.stream().skip(from).limit(1).toList();
    String next = from + 1 < items.size() ? ",\"next\":\"" + (from + 1) + "\"" : "";
    return Answer.json(200, "{\"items\":[" + String.join(",", page) + "]" + next + "}");
  }

  private Answer place(String key, String body) {
    orderKeys.add(key);
    String card = CARD.matcher(body).results().findFirst().orElseThrow().group(1);
    boolean first = !ordersByKey.containsKey(key);
    Order order =
        ordersByKey.computeIfAbsent(key, k -> decide(card, ITEM.matcher(body).results().toList()));
    orders.put(order.id, order);
    if (card.equals("tok_lost_answer") && first) {
      return BROKEN_OFF;
    }
    return Answer.json(order.looks.get() > 0 ? 202 : 201, json(order));
  }

  private Order decide(String card, List<MatchResult> items) {
    String id = "0190b3c1-7c1e-7000-8000-%012d".formatted(orders.size() + 1);
    long total =
        items.stream()
            .mapToLong(i -> shelves.get(i.group(1)).amount() * Long.parseLong(i.group(2)))
            .sum();
    boolean scarce =
        items.stream()
            .anyMatch(i -> shelves.get(i.group(1)).available() < Integer.parseInt(i.group(2)));
    if (scarce) {
      return new Order(id, items, total, "cancelled", "out_of_stock", 0);
    }
    return switch (card) {
      case "tok_visa_declined" -> new Order(id, items, total, "cancelled", "payment_declined", 0);
      case "tok_slow" -> new Order(id, items, total, "confirmed", null, 3);
      default -> new Order(id, items, total, "confirmed", null, 0);
    };
  }

  private String json(Order order) {
    String lines =
        IntStream.range(0, order.items.size())
            .mapToObj(i -> line(i + 1, order.items.get(i)))
            .collect(joining(","));
    String cancellation =
        Optional.ofNullable(order.reason)
            .filter(r -> order.looks.get() == 0)
            .map(r -> ",\"cancellation\":{\"reason\":" + quoted(r) + "}")
            .orElse("");
    long refunded = order.status().equals("cancelled") ? order.total : 0;
    return """
    {"order_id":"%s","customer_id":"u-1","status":"%s"%s,"placed_at":"2026-03-01T10:15:30Z","lines":[%s],
     "totals":{"total":%s,"refunded":%s,"kept":%s},
     "timeline":[{"at":"2026-03-01T10:15:30Z","step":"reserve","outcome":"done"},
                 {"at":"2026-03-01T10:15:31Z","step":"charge","outcome":"%s","detail":"sandbox"}]}\
    """
        .formatted(
            order.id,
            order.status(),
            cancellation,
            lines,
            euros(order.total),
            euros(refunded),
            euros(order.total - refunded),
            order.reason == null ? "done" : order.reason);
  }

  private String line(int number, MatchResult item) {
    var product = shelves.get(item.group(1));
    return """
    {"line":%d,"product":{"product_id":%s,"name":%s},"quantity":%s,"unit_price":%s,"line_total":%s}\
    """
        .formatted(
            number,
            quoted(product.id()),
            quoted(product.name()),
            item.group(2),
            euros(product.amount()),
            euros(product.amount() * Long.parseLong(item.group(2))));
  }

  private static String euros(long amount) {
    return "{\"amount\":%d,\"currency\":\"EUR\"}".formatted(amount);
  }

  private Answer token(Map<String, String> form) {
    boolean allowed =
        switch (form.getOrDefault("grant_type", "")) {
          case "password" ->
              users.containsKey(form.get("username")) && PASSWORD.equals(form.get("password"));
          case "refresh_token" ->
              refreshToken.equals(form.get("refresh_token")) && refreshes.incrementAndGet() > 0;
          default -> false;
        };
    if (!allowed) {
      return Answer.problem(
          401, "invalid-grant", "Not signed in", "The credentials were refused.", "[]");
    }
    accessToken = "access-" + tokens.incrementAndGet();
    refreshToken = "refresh-" + tokens.get();
    return Answer.json(
        200,
        """
        {"access_token":"%s","token_type":"bearer","expires_in":%d,"refresh_token":"%s"}\
        """
            .formatted(accessToken, expiresIn, refreshToken));
  }

  private Answer register(String body) {
    String username = USERNAME.matcher(body).results().findFirst().orElseThrow().group(1);
    if (username.length() < 3) {
      return Answer.problem(
          400,
          "invalid-request",
          "The request is not valid",
          "Some fields were refused.",
          "[{\"pointer\":\"/username\",\"detail\":\"must have 3 to 64"
              + " characters\"},{\"pointer\":\"/email_address\",\"detail\":\"must be an"
              + " address\"}]");
    }
    users.put(username, true);
    return Answer.json(201, user(username));
  }

  private static String user(String username) {
    return """
    {"user_id":"u-1","username":%s,"email_address":%s,"role":"shopper","active":true,"registered_at":"2026-02-01T08:00:00Z"}\
    """
        .formatted(quoted(username), quoted(username + "@example.org"));
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : (form == null ? "" : form).split("&")) {
      String[] sides = pair.split("=", 2);
      if (sides.length == 2) {
        parameters.put(URLDecoder.decode(sides[0], UTF_8), URLDecoder.decode(sides[1], UTF_8));
      }
    }
    return parameters;
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
