package emporion.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.contracts.Contract;
import emporion.contracts.Contract.Operation;
import emporion.tour.Shop;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Talks to the shop by a service's documents alone, as somebody might who has nothing else: what
 * they allow, and what they do not; with things that it has made itself, so that it does no harm to
 * anybody else's.
 */
final class Conversation {
  private static final Pattern MADE = Pattern.compile("/v\\d+/([a-z]+)/([0-9a-f-]{36}).*");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  /** Their lists show only what belongs to somebody in this conversation, or may be acted upon. */
  private static final List<String> LISTED = List.of("payments", "notifications");

  private final Shop shop;
  private final Contract contract;
  private final Random chance;
  private final Map<String, Http> callers = new TreeMap<>();
  private final Map<String, List<String>> ids = new HashMap<>();
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, String> cursors = new HashMap<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private String lastKey = "first";

  /** The same seed says the same things, as far as the shop answers the same. */
  Conversation(Shop shop, String service, long seed) {
    this.shop = shop;
    contract = Contract.of(service).orElseThrow();
    chance = new Random(seed);
    callers.put("", shop.anybody());
    for (var role : List.of("shopper", "support", "catalogue_manager", "admin")) {
      var person = shop.newShopper();
      callers.put(role, shop.appoint(person, role));
    }
    // A proxy that validates is no part of what is talked to here.
    callers.replaceAll((role, http) -> new Http(shop.gateway(), http.token(), List.of()));
  }

  /** Answers by status. */
  Map<Integer, Integer> statuses() {
    return statuses;
  }

  /** What was not as documented. */
  List<String> violations() {
    return violations;
  }

  void talk(int requests) {
    var operations =
        contract.operations().stream().filter(o -> !o.node().has("x-internal")).toList();
    for (int i = 0; i < requests; i++) {
      say(operations.get(chance.nextInt(operations.size())));
    }
  }

  private boolean oneIn(int many) {
    return chance.nextInt(many) == 0;
  }

  private void say(Operation operation) {
    var inputs = new Inputs(operation, chance, this::known);
    var path = path(operation, inputs);
    var target = path + query(operation, inputs, path);
    var http = headers(operation, inputs, caller(operation), path);
    var body = "";
    var type = "";
    var content = operation.resolve(operation.node().path("requestBody")).path("content");
    if (!content.isEmpty()) {
      type = content.fieldNames().next();
      body = body(inputs, type, content.get(type));
      type = oneIn(40) ? "text/plain" : type;
      http = http.with("Content-Type", type);
    }
    var answer = http.send(operation.method(), target, content.isEmpty() ? null : body);
    statuses.merge(answer.status(), 1, Integer::sum);
    hear(operation, path, answer);
    judge(operation, target, type, body, answer);
  }

  // --- requests --------------------------------------------------------------------------------

  private Http caller(Operation operation) {
    var all = new ArrayList<>(callers.keySet());
    var allowed =
        StreamSupport.stream(operation.node().path("security").spliterator(), false)
            .map(alternative -> alternative.path("oauth2").path(0).asText("shopper"))
            .filter(callers::containsKey)
            .toList();
    var from = allowed.isEmpty() || oneIn(5) ? all : allowed;
    return callers.get(from.get(chance.nextInt(from.size())));
  }

  private String path(Operation operation, Inputs inputs) {
    var parameters = operation.parameters("path");
    return PARAMETER
        .matcher(operation.path())
        .replaceAll(
            found -> {
              var before = operation.path().substring(0, found.start()).split("/");
              var schema =
                  parameters.stream()
                      .filter(p -> p.get("name").asText().equals(found.group(1)))
                      .findFirst()
                      .orElseThrow()
                      .get("schema");
              var known = known(before[before.length - 1]);
              var value =
                  known != null && !oneIn(8)
                      ? known
                      : inputs.valid(found.group(1), schema).asText();
              return encoded(oneIn(25) ? inputs.oddText() : value).replace("$", "\\$");
            });
  }

  private String query(Operation operation, Inputs inputs, String path) {
    var pairs = new ArrayList<String>();
    for (var parameter : operation.parameters("query")) {
      var name = parameter.get("name").asText();
      if (oneIn(3)) {
        var value =
            oneIn(4)
                ? inputs.oddText()
                : name.equals("cursor")
                    ? cursors.getOrDefault(path, "")
                    : inputs.valid(name, parameter.get("schema")).asText();
        pairs.add(encoded(name) + "=" + encoded(value));
      }
    }
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  private Http headers(Operation operation, Inputs inputs, Http caller, String path) {
    var http = caller;
    for (var parameter : operation.parameters("header")) {
      var name = parameter.get("name").asText();
      var value =
          switch (name) {
            case "If-Match", "If-None-Match" -> tags.getOrDefault(path, "\"v1-0\"");
            case "Idempotency-Key" -> oneIn(6) ? lastKey : UUID.randomUUID().toString();
            default -> inputs.valid(name, parameter.get("schema")).asText();
          };
      if (name.equals("Idempotency-Key")) {
        lastKey = value;
      }
      if (!oneIn(8)) {
        http = http.with(name, oneIn(15) ? "nonsense" : value);
      }
    }
    return oneIn(40) ? http.with("Accept", "image/png") : http;
  }

  private String body(Inputs inputs, String type, JsonNode media) {
    if (type.endsWith("json")) {
      var valid = inputs.valid("", media.get("schema"));
      return oneIn(30)
          ? valid.toString().replaceFirst("[{]", "{{")
          : (oneIn(3) ? inputs.broken(valid) : valid).toString();
    }
    if (type.equals("application/x-www-form-urlencoded")) {
      var pairs = new ArrayList<String>();
      for (var member : inputs.valid("", media.get("schema")).properties()) {
        pairs.add(encoded(member.getKey()) + "=" + encoded(member.getValue().asText()));
      }
      return String.join("&", pairs);
    }
    return oneIn(2) ? media.path("example").asText() : inputs.oddText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** An id of something in this collection, or that this member or parameter speaks of. */
  private String known(String name) {
    var collection =
        name.endsWith("_id") ? name.replace("_id", "s").replace("customers", "users") : name;
    var all = ids.getOrDefault(collection, List.of());
    return all.isEmpty() ? null : all.get(chance.nextInt(all.size()));
  }

  // --- answers ---------------------------------------------------------------------------------

  private void hear(Operation operation, String path, Answer answer) {
    if (!answer.header("ETag").isEmpty()) {
      tags.put(path, answer.header("ETag"));
    }
    var made = MADE.matcher(answer.header("Location"));
    if (made.matches() && answer.status() == 201) {
      ids.computeIfAbsent(made.group(1), name -> new ArrayList<>()).add(made.group(2));
    }
    if (answer.status() != 200 || !operation.method().equals("GET") || answer.body().isEmpty()) {
      return;
    }
    cursors.put(path, answer.text("/next"));
    var collection = path.replaceAll(".*/", "");
    if (LISTED.contains(collection)) {
      var one = collection.substring(0, collection.length() - 1);
      for (var item : answer.at("/items")) {
        var id = item.has("id") ? item.get("id") : item.path(one + "_id");
        ids.computeIfAbsent(collection, name -> new ArrayList<>()).add(id.asText());
      }
    }
  }

  private void judge(Operation operation, String target, String type, String body, Answer answer) {
    if (answer.status() >= 500 && answer.status() != 503 && answer.status() != 504) {
      violations.add(operation + " (" + target + "): " + answer + " to " + body);
    }
    violations.addAll(
        contract.violations(
            new Contract.Exchange(
                operation.method(),
                target,
                type,
                body,
                answer.status(),
                answer.response().headers().map(),
                answer.body())));
  }
}
