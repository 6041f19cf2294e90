package emporion.benchmark;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.local.Pairs;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Customers and products that a measurement makes for itself, and leaves behind. */
final class People {
  private static final int PRODUCTS = 100;
  private static final int SHOPPERS = 8;
  private static final String PASSWORD = "measured-" + UUID.randomUUID();

  private final Http anybody;
  private final Map<String, String> known;
  private final List<String> products = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private String order = "";

  /**
   * Makes them.
   *
   * @param data where the administrator's password stands
   */
  People(int gateway, Path data) {
    anybody = Http.to(URI.create("http://127.0.0.1:" + gateway));
    known = Pairs.read(data.resolve("credentials.env"));
    var admin = admin();
    for (int i = 0; i < PRODUCTS; i++) {
      products.add(product(admin));
    }
    for (int i = 0; i < SHOPPERS; i++) {
      register();
    }
  }

  Http anybody() {
    return anybody;
  }

  /** For a quarter of an hour. */
  Http admin() {
    return anybody.as(token(known.get("ADMIN_USERNAME"), known.get("ADMIN_PASSWORD")));
  }

  private static String product(Http admin) {
    var sku = "BENCH-" + UUID.randomUUID();
    var spec =
        """
        {"sku":"%s","name":"Benchmark","category":"Benchmark",
         "price":{"amount":100,"currency":"EUR"},"on_hand":100000000}\
        """
            .formatted(sku);
    return made(admin.withKey(sku).post("/v1/products", spec)).text("/id");
  }

  private void register() {
    var name = "bench-" + UUID.randomUUID().toString().substring(0, 13);
    var who =
        "{\"username\":\"%1$s\",\"email\":\"%1$s@example.org\",\"password\":\"%2$s\"}"
            .formatted(name, PASSWORD);
    ids.add(made(anybody.withKey(name).post("/v1/users", who)).text("/id"));
    names.add(name);
  }

  private static Answer made(Answer answer) {
    if (answer.status() != 201) {
      throw new IllegalStateException("Nothing can be prepared: " + answer);
    }
    return answer;
  }

  private String token(String username, String password) {
    var form =
        "username=%s&password=%s"
            .formatted(username, URLEncoder.encode(password, StandardCharsets.UTF_8));
    return anybody
        .with("Content-Type", "application/x-www-form-urlencoded")
        .send("POST", "/token", form)
        .text("/access_token");
  }

  /** One of each customer, good for a quarter of an hour. */
  List<String> tokens() {
    return names.stream().map(name -> token(name, PASSWORD)).toList();
  }

  /** The first customer. */
  String first() {
    return ids.getFirst();
  }

  /** The order's body of the n-th request: one piece of one product after the other. */
  String cart(int n) {
    return "{\"items\":[{\"product_id\":\"%s\",\"quantity\":1}],\"payment\":{\"token\":\"tok_visa\"}}"
        .formatted(products.get(n % products.size()));
  }

  /** An order of the first customer, whose token this is. */
  String order(String token) {
    if (order.isEmpty()) {
      var answer =
          anybody.as(token).withKey(UUID.randomUUID().toString()).post("/v1/orders", cart(0));
      order = made(answer).text("/order_id");
    }
    return order;
  }
}
