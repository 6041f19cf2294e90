package emporion.chassis.discovery;

import emporion.chassis.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The HTTP API of a Consul agent, as far as it is used here. */
final class Consul {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final String base;
  private final Optional<String> token;

  /**
   * By Stork's names: {@code consul-host} (localhost), {@code consul-port} (8500), {@code secure},
   * {@code acl-token}.
   */
  Consul(Map<String, String> parameters) {
    base =
        (Boolean.parseBoolean(parameters.get("consul-secure")) ? "https://" : "http://")
            + parameters.getOrDefault("consul-host", "localhost")
            + ":"
            + parameters.getOrDefault("consul-port", "8500")
            + "/v1";
    token = Optional.ofNullable(parameters.get("acl-token"));
  }

  /** Asks; what waits for a change has so much longer. */
  HttpResponse<String> get(String path, Duration longer) {
    return send(request(path).timeout(PATIENCE.plus(longer)).GET());
  }

  HttpResponse<String> put(String path, Object body) {
    return send(request(path).timeout(PATIENCE).PUT(BodyPublishers.ofString(Json.write(body))));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(base + path));
    token.ifPresent(secret -> request.header("X-Consul-Token", secret));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Consul does not answer at " + base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
