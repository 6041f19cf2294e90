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
import java.util.concurrent.CountDownLatch;
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

  static final String FIRST_ORDER = "0190b3c1-7c1e-7000-8000-000000000001";

  /** Half an answer: a browser repeats a request by itself that got nothing at all. */
  private static final Answer BROKEN_OFF = new Answer(201, "application/json", "{\"order_id\":");

  private static final Answer UNAVAILABLE =
      Answer.problem(
          503, "unavailable", "Temporarily unavailable", "product-service is away.", "[]");

  private static final Pattern ITEM =
      Pattern.compile(
          "\"product_id\":\"([^\"]+)\",\"quantity\":(\\d+)"
              + ",\"expected_price\":\\{\"amount\":(\\d+),\"currency\":\"([A-Z]{3})\"\\}");
  private static final Pattern EXPECTED_TOTAL =
      Pattern.compile("\"expected_total\":\\{\"amount\":(\\d+),\"currency\":\"([A-Z]{3})\"\\}");
  private static final Pattern CARD = Pattern.compile("\"token\":\"([^\"]+)\"");
  private static final Pattern USERNAME = Pattern.compile("\"username\":\"([^\"]*)\"");

  /** How long a token lives; the page renews before. */
  volatile int expiresIn = 900;

  /** The keys of all orders that were asked for, in turn, repeated ones included. */
  final List<String> orderKeys = new CopyOnWriteArrayList<>();

  /** And what was asked for. */
  final List<String> bodies = new CopyOnWriteArrayList<>();

  /** Refresh tokens that were given back. */
  final List<String> revoked = new CopyOnWriteArrayList<>();

  /** What was sent to ask for a link, and what came of the link. */
  final List<String> forgotten = new CopyOnWriteArrayList<>();

  final List<String> redeemed = new CopyOnWriteArrayList<>();

  volatile boolean erased;

  /** In which language mails are written. */
  volatile String language = "en";

  /** No answer to what is asked of the API: as if the shop were away. */
  volatile boolean isDown;

  /** What becomes of the next orders on their way: nothing, or one of these. */
  volatile Fate fate = Fate.ARRIVES;

  /** What the API answers to paths that begin so, whatever it would have done. */
  final Map<String, Answer> refusals = new ConcurrentHashMap<>();

  /** After how many looks a slow bank has answered. */
  volatile int looks = 3;

  /** What happens between the last look at the shelves and the order. */
  volatile Runnable beforeOrder = () -> {};

  /** Held back while it is set, as by a slow bank. */
  volatile CountDownLatch bank = new CountDownLatch(0);

  final AtomicInteger refreshes = new AtomicInteger();

  /** Refresh tokens that came a second time: each of them ends a session. */
  final AtomicInteger reused = new AtomicInteger();

  /** How often it was asked what became of a key. */
  final AtomicInteger lookUps = new AtomicInteger();

  final Shelves shelves = new Shelves();
  private final Map<String, Order> orders = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
  private final Map<String, Order> ordersByKey = new ConcurrentHashMap<>();
  private final Map<String, Boolean> users = new ConcurrentHashMap<>(Map.of("ada", true));
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile String username = "";
  private volatile String refreshToken = "";
  private volatile String accessToken = "";

  private final HttpClient client = HttpClient.newHttpClient();
  private final RunningStorefront storefront;
  private final HttpServer server;

  enum Fate {
    ARRIVES,
    ANSWER_IS_LOST,
    REQUEST_IS_LOST
  }

  /** An order whose outcome shows after so many looks. */
  private static final class Order {
    final String id;
    volatile String request;
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

  /** As if the bank had answered at last. */
  void endOrders(String outcome, String reason) {
    for (Order order : orders.values()) {
      order.outcome = outcome;
      order.reason = reason;
      order.looks.set(0);
    }
  }

  void haveUser(String name) {
    users.put(name, true);
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

  /** As if it had been ended elsewhere: neither of the page's tokens is good any more. */
  void endSession() {
    accessToken = "";
    refreshToken = "";
  }

  @Override
  public void close() {
    bank.countDown();
    server.stop(0);
    client.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (path.matches("/v2/.*|/token(/.*)?")) {
        Answer answer =
            isDown ? UNAVAILABLE : refusal(path).orElseGet(() -> api(exchange, path, body));
        send(exchange, answer);
      } else {
        forward(exchange);
      }
    }
  }

  private Optional<Answer> refusal(String path) {
    return refusals.entrySet().stream()
        .filter(refusal -> path.startsWith(refusal.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
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
        HttpRequest.newBuilder(storefront.at(exchange.getRequestURI().toString()))
            .header("Accept", exchange.getRequestHeaders().getFirst("Accept"))
            .build();
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
      var query = parameters(exchange.getRequestURI().getRawQuery());
      return page(
          orders.values().stream().filter(order -> isListed(order, query)).map(this::json).toList(),
          exchange.getRequestURI().getQuery());
    }
    if (route.equals("GET /v2/users/me")) {
      return Answer.json(200, user(username));
    }
    if (route.endsWith(" /v2/notification-preferences")) {
      language = route.startsWith("PUT") ? body.replaceAll(".*:\"|\".*", "") : language;
      return Answer.json(200, "{\"language\":\"" + language + "\",\"languages\":[\"en\",\"de\"]}");
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
      return Answer.problem(404, "not-found", "Not found", "There is no such order.", "[]");
    }
    if (route.endsWith("/cancel")) {
      order.outcome = "cancelled";
      order.reason = "cancelled_by_customer";
    }
    Answer answer = Answer.json(200, json(order));
    order.looks.updateAndGet(looks -> Math.max(0, looks - 1));
    return answer;
  }

  /** Declined attempts only where they are asked for. */
  private boolean isListed(Order order, Map<String, String> query) {
    if (query.containsKey("idempotency_key")) {
      lookUps.incrementAndGet();
      return order == ordersByKey.get(query.get("idempotency_key"));
    }
    return query.containsKey("status")
        ? order.status().equals(query.get("status"))
        : !"payment_declined".equals(order.reason);
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
    bodies.add(body);
    beforeOrder.run();
    if (fate == Fate.REQUEST_IS_LOST) {
      return BROKEN_OFF;
    }
    await(bank);
    var items = ITEM.matcher(body).results().toList();
    if (!ordersByKey.containsKey(key) && isPriceChanged(body, items)) {
      return priceChanged(body, items);
    }
    String card = CARD.matcher(body).results().findFirst().orElseThrow().group(1);
    boolean first = !ordersByKey.containsKey(key);
    Order order = ordersByKey.computeIfAbsent(key, k -> decide(card, items));
    if (first) {
      order.request = body;
    } else if (!body.equals(order.request)) {
      return Answer.problem(422, "idempotency-key-reused", "Reused", "Make a new key.", "[]");
    }
    orders.put(order.id, order);
    if (fate == Fate.ANSWER_IS_LOST || card.equals("tok_lost_answer") && first) {
      return BROKEN_OFF;
    }
    return Answer.json(order.looks.get() > 0 ? 202 : 201, json(order));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isPriceChanged(String body, List<MatchResult> items) {
    var seen = EXPECTED_TOTAL.matcher(body).results().findFirst().orElseThrow();
    return Long.parseLong(seen.group(1)) != total(items)
        || items.stream()
            .anyMatch(i -> Long.parseLong(i.group(3)) != shelves.get(i.group(1)).amount());
  }

  private Answer priceChanged(String body, List<MatchResult> items) {
    String lines =
        items.stream()
            .map(
                i ->
                    "{\"product_id\":%s,\"name\":%s,\"quantity\":%s,\"price\":%s,\"expected_price\":%s}"
                        .formatted(
                            quoted(i.group(1)),
                            quoted(shelves.get(i.group(1)).name()),
                            i.group(2),
                            shelves.get(i.group(1)).price(),
                            money(Long.parseLong(i.group(3)), i.group(4))))
            .collect(joining(","));
    var seen = EXPECTED_TOTAL.matcher(body).results().findFirst().orElseThrow();
    return new Answer(
        409,
        "application/problem+json",
        """
        {"type":"urn:emporion:problem:price-changed","title":"A price has changed","status":409,
         "detail":"Ask again.","expected_total":%s,"total":%s,"lines":[%s]}\
        """
            .formatted(
                money(Long.parseLong(seen.group(1)), seen.group(2)),
                money(total(items), seen.group(2)),
                lines));
  }

  private long total(List<MatchResult> items) {
    return items.stream()
        .mapToLong(i -> shelves.get(i.group(1)).amount() * Long.parseLong(i.group(2)))
        .sum();
  }

  private Order decide(String card, List<MatchResult> items) {
    String id = "0190b3c1-7c1e-7000-8000-%012d".formatted(orders.size() + 1);
    long total = total(items);
    boolean scarce =
        items.stream()
            .anyMatch(i -> shelves.get(i.group(1)).available() < Integer.parseInt(i.group(2)));
    if (scarce) {
      return new Order(id, items, total, "cancelled", "out_of_stock", 0);
    }
    return switch (card) {
      case "tok_visa_declined" -> new Order(id, items, total, "cancelled", "payment_declined", 0);
      case "tok_slow" -> new Order(id, items, total, "confirmed", null, looks);
      default -> new Order(id, items, total, "confirmed", null, 0);
    };
  }

  private static String cancellation(String reason) {
    return ",\"cancellation\":{\"reason\":"
        + (reason.equals("payment_declined")
            ? "\"payment_declined\",\"decline_reason\":\"insufficient_funds\"}"
            : quoted(reason) + "}");
  }

  private String json(Order order) {
    String lines =
        IntStream.range(0, order.items.size())
            .mapToObj(i -> line(i + 1, order.items.get(i)))
            .collect(joining(","));
    String cancellation =
        Optional.ofNullable(order.reason)
            .filter(r -> order.looks.get() == 0)
            .map(ShopApi::cancellation)
            .orElse("");
    long charged = "payment_declined".equals(order.reason) ? 0 : order.total;
    long refunded = order.status().equals("cancelled") ? charged : 0;
    return """
    {"order_id":"%s","customer_id":"u-1","status":"%s"%s,"placed_at":"2026-03-01T10:15:30Z","lines":[%s],
     "totals":{"total":%s,"charged":%s,"refunded":%s,"kept":%s},
     "timeline":[{"at":"2026-03-01T10:15:30Z","step":"reserve","outcome":"done"},
                 {"at":"2026-03-01T10:15:31Z","step":"charge","outcome":"%s","detail":"500 EUR in minor units"}]}\
    """
        .formatted(
            order.id,
            order.status(),
            cancellation,
            lines,
            euros(order.total),
            euros(charged),
            euros(refunded),
            euros(charged - refunded),
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
    return money(amount, "EUR");
  }

  static String money(long amount, String currency) {
    return "{\"amount\":%d,\"currency\":\"%s\"}".formatted(amount, currency);
  }

  private Answer token(Map<String, String> form) {
    boolean allowed =
        switch (form.getOrDefault("grant_type", "")) {
          case "password" ->
              users.containsKey(form.get("username")) && PASSWORD.equals(form.get("password"));
          case "refresh_token" -> renews(form.get("refresh_token"));
          default -> false;
        };
    if (!allowed) {
      return Answer.json(
          400, "{\"error\":\"invalid_grant\",\"error_description\":\"POST it again.\"}");
    }
    accessToken = "access-" + tokens.incrementAndGet();
    refreshToken = "refresh-" + tokens.get();
    username = form.getOrDefault("username", username);
    return Answer.json(
        200,
        """
        {"access_token":"%s","token_type":"bearer","expires_in":%d,"refresh_token":"%s"}\
        """
            .formatted(accessToken, expiresIn, refreshToken));
  }

  private boolean renews(String token) {
    if (token.equals(refreshToken)) {
      refreshes.incrementAndGet();
      return true;
    }
    reused.incrementAndGet();
    refreshToken = "";
    return false;
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
