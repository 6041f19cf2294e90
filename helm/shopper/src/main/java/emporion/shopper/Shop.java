package emporion.shopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/** The shop's API as a customer calls it. An attempt is one request: nothing here repeats it. */
final class Shop {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient http;
  private final URI base;
  private final String admin;
  private final String adminPassword;

  Shop(URI base, SSLContext believed, String admin, String adminPassword) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(believed)
            .build();
    this.base = base;
    this.admin = admin;
    this.adminPassword = adminPassword;
  }

  /** An answer of whatever status; no JSON reads as a missing node. */
  record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asText();
    }

    boolean ok() {
      return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
      return status + " " + body;
    }
  }

  Answer get(String path, String token) throws IOException {
    return send(request(path, token).GET().build());
  }

  /** A request that may be repeated with the same key. */
  Answer post(String path, String token, String key, String json) throws IOException {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  String adminToken() throws IOException {
    return token(admin, adminPassword);
  }

  String token(String username, String password) throws IOException {
    var form = "username=%s&password=%s".formatted(encoded(username), encoded(password));
    var answer =
        send(
            request("/token", "")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    return expected(answer, 200).text("access_token");
  }

  /** Registers somebody new. */
  String newcomer() throws IOException {
    var name = "shopper-" + UUID.randomUUID().toString().substring(24);
    var password = UUID.randomUUID().toString();
    var json =
        "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
            .formatted(name, name, password);
    expected(post("/v1/users", "", UUID.randomUUID().toString(), json), 201);
    return token(name, password);
  }

  /** A product of its own, so that nobody else's stock is touched. */
  String newProduct(String token, long onHand) throws IOException {
    var sku = "TEST-" + UUID.randomUUID().toString().substring(24).toUpperCase();
    var json =
        """
        {"sku":"%s","name":"Test of the installation","category":"Test","on_hand":%d,
         "price":{"amount":100,"currency":"EUR"}}\
        """
            .formatted(sku, onHand);
    return expected(post("/v1/products", token, sku, json), 201).text("id");
  }

  Answer order(String token, String key, String product, int quantity, String card)
      throws IOException {
    var json =
        "{\"items\":[{\"product_id\":\"%s\",\"quantity\":%d}],\"payment\":{\"token\":\"%s\"}}"
            .formatted(product, quantity, card);
    return post("/v1/orders", token, key, json);
  }

  static Answer expected(Answer answer, int status) throws IOException {
    if (answer.status != status) {
      throw new IOException("expected %d, got %s".formatted(status, answer));
    }
    return answer;
  }

  private HttpRequest.Builder request(String path, String token) {
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest request) throws IOException {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), json(answer.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static JsonNode json(String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
