package emporion.chassis.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporion.contracts.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client of one service, for one caller. Immutable: each {@code with} gives a changed copy.
 *
 * @param token null for an anonymous caller
 * @param headers names and values in turn
 */
public record Http(URI base, String token, List<String> headers) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<URI, Contract> CONTRACTS = new ConcurrentHashMap<>();

  /** From now on each exchange with this server fails its test where it breaks the contract. */
  public static void hold(URI base, Contract contract) {
    CONTRACTS.put(base, contract);
  }

  /** An anonymous client. */
  public static Http to(URI base) {
    return new Http(base, null, List.of());
  }

  /** The same client as somebody else. */
  public Http as(String otherToken) {
    return new Http(base, otherToken, headers);
  }

  /** The same client with one more header. */
  public Http with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new Http(base, token, List.copyOf(more));
  }

  /** The same client with an {@code Idempotency-Key}. */
  public Http withKey(String key) {
    return with("Idempotency-Key", key);
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer post(String path, String json) {
    return with("Content-Type", "application/json").send("POST", path, json);
  }

  public Answer put(String path, String json) {
    return with("Content-Type", "application/json").send("PUT", path, json);
  }

  public Answer patch(String path, String json) {
    return with("Content-Type", "application/json").send("PATCH", path, json);
  }

  /** Any request; null sends no body. */
  public Answer send(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    try {
      var response = CLIENT.send(request.build(), BodyHandlers.ofString());
      compare(response, path, body);
      return new Answer(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a validating proxy (Prism) has to say of an answer. */
  private static void heed(HttpResponse<String> response) {
    var words = response.headers().firstValue("sl-violations").orElse("[]");
    try {
      for (var violation : MAPPER.readTree(words)) {
        if (violation.at("/location/0").asText().equals("response")) {
          throw new AssertionError(response.request().uri() + ": " + violation);
        }
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(words, e);
    }
  }

  private void compare(HttpResponse<String> response, String path, String body) {
    heed(response);
    var violations = new ArrayList<>(EventGuard.refused());
    var contract = CONTRACTS.get(base);
    if (contract != null) {
      violations.addAll(violations(contract, response, path, body));
    }
    if (!violations.isEmpty()) {
      throw new AssertionError(String.join("\n", violations));
    }
  }

  private static List<String> violations(
      Contract contract, HttpResponse<String> response, String path, String body) {
    var request = response.request();
    return contract.violations(
        new Contract.Exchange(
            request.method(),
            path,
            request.headers().firstValue("Content-Type").orElse(""),
            body,
            response.statusCode(),
            response.headers().map(),
            response.body()));
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    /** A header's values in one line (RFC 9110, section 5.3); empty where it is absent. */
    public String header(String name) {
      return String.join(", ", response.headers().allValues(name));
    }

    /** The value at a JSON pointer; a missing node where there is none. */
    public JsonNode at(String pointer) {
      try {
        return MAPPER.readTree(body()).at(pointer);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Not JSON: " + this, e);
      }
    }

    /** The value at a JSON pointer as text; the empty string where there is none. */
    public String text(String pointer) {
      return at(pointer).asText();
    }

    /** The slug of a problem; the empty string for any other answer. */
    public String problem() {
      return header("Content-Type").startsWith("application/problem+json")
          ? text("/type").replace("urn:emporion:problem:", "")
          : "";
    }

    @Override
    public String toString() {
      return status() + " " + body();
    }
  }
}
