package emporion.contracts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.format.PatternFormat;
import com.networknt.schema.oas.OpenApi30;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service promises, and whether a request and its answer keep it. An answer must have a
 * documented status, the documented headers and a body of its schema with no member besides; a
 * request that was taken must be one that the document allows.
 *
 * <p>Safe for use by many threads.
 */
public final class Contract {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options");

  /** Headers that mean something to clients: where one is sent it has to be documented. */
  private static final List<String> TOLD =
      List.of(
          "ETag",
          "Location",
          "Link",
          "Retry-After",
          "Idempotent-Replayed",
          "Deprecation",
          "Sunset",
          "WWW-Authenticate");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The library's own format for addresses refuses those domains that are meant for examples. */
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(OpenApi30.getInstance())
          .format(PatternFormat.of("email", "^[^@\\s]+@[^@\\s]+$", "format.email"))
          .build();

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(
          VersionFlag.V4,
          builder -> builder.metaSchema(DIALECT).defaultMetaSchemaIri(DIALECT.getIri()));
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final List<Operation> operations;

  /** By the place that a schema stands at: to compare them would cost more than to compile them. */
  private final Map<JsonNode, JsonSchema> schemas =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private Contract(List<ObjectNode> documents) {
    operations = documents.stream().flatMap(Contract::operations).toList();
  }

  /** All documents of a service; empty where it has none. */
  public static Optional<Contract> of(String service) {
    var documents =
        Documents.NAMES.stream()
            .map(Documents::whole)
            .filter(document -> document.path("x-service").asText().equals(service))
            .toList();
    return documents.isEmpty() ? Optional.empty() : Optional.of(new Contract(documents));
  }

  /** What the gateway lets through. */
  public static Contract merged() {
    return new Contract(List.of(Documents.read(Documents.MERGED)));
  }

  /**
   * A documented operation.
   *
   * @param method in capital letters
   * @param path with its parameters in braces
   * @param node as it stands in the document
   * @param document that it stands in
   * @param strict the same document, in which no object has members that are not named
   */
  public record Operation(
      String method, String path, ObjectNode node, ObjectNode document, ObjectNode strict) {
    private JsonNode answer(int status) {
      var responses = strict.get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
      return resolved(strict, responses.path("responses").path(Integer.toString(status)));
    }

    /** Its parameters that are sent in this place, those of its path included. */
    public List<JsonNode> parameters(String in) {
      var shared = document.get("paths").get(path).path("parameters");
      return Stream.concat(children(shared), children(node.path("parameters")))
          .map(parameter -> resolved(document, parameter))
          .filter(parameter -> parameter.get("in").textValue().equals(in))
          .toList();
    }

    /** What is at the end of a reference; whatever is none, as it is. */
    public JsonNode resolve(JsonNode part) {
      return resolved(document, part);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * A request and its answer.
   *
   * @param target path and query, as they were sent
   * @param requestType the media type of the request's body; empty without one
   * @param headers of the answer, by name in lower case
   */
  public record Exchange(
      String method,
      String target,
      String requestType,
      String requestBody,
      int status,
      Map<String, List<String>> headers,
      String body) {
    private String path() {
      return target.split("\\?", 2)[0];
    }

    private Optional<String> header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    private String type() {
      return header("content-type").map(type -> type.split(";")[0].strip()).orElse("");
    }
  }

  public List<Operation> operations() {
    return operations;
  }

  /**
   * The operation behind a request: a path without parameters counts first; HEAD is answered as GET
   * is (RFC 9110, section 9.3.2).
   */
  public Optional<Operation> operation(String method, String path) {
    var wanted = method.equals("HEAD") ? "GET" : method;
    var template =
        operations.stream()
            .map(Operation::path)
            .filter(candidate -> pattern(candidate).matcher(path).matches())
            .min(Comparator.comparingLong(Contract::braces));
    return operations.stream()
        .filter(operation -> template.filter(operation.path::equals).isPresent())
        .filter(operation -> operation.method.equals(wanted))
        .findFirst();
  }

  private static Pattern pattern(String template) {
    return Pattern.compile(
        Pattern.quote(template).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q") + "/?");
  }

  private static long braces(String template) {
    return template.chars().filter(c -> c == '{').count();
  }

  /** What is not as documented, in words; nothing where all is. */
  public List<String> violations(Exchange exchange) {
    var operation = operation(exchange.method, exchange.path());
    if (operation.isEmpty()) {
      return exchange.status < 300
              && exchange.path().matches("/v[0-9]+/.*")
              && !exchange.method.equals("OPTIONS")
          ? List.of(exchange.method + " " + exchange.target + " works and is not documented")
          : List.of();
    }
    var found = new ArrayList<String>();
    answer(operation.get(), exchange, found);
    if (exchange.status < 300) {
      query(operation.get(), exchange, found);
      body(operation.get(), exchange, found);
    }
    return found.stream()
        .map(
            words ->
                operation.get() + " (" + exchange.target + ", " + exchange.status + "): " + words)
        .toList();
  }

  // --- answers ---------------------------------------------------------------------------------

  private void answer(Operation operation, Exchange exchange, List<String> found) {
    var response = operation.answer(exchange.status);
    if (response.isMissingNode()) {
      found.add("the status is not documented: " + exchange.body);
      return;
    }
    headers(operation, response, exchange, found);
    if (exchange.method.equals("HEAD")) {
      return;
    }
    var content = response.path("content");
    if (content.isEmpty()) {
      if (!exchange.body.isEmpty()) {
        found.add("a body is not documented: " + exchange.body);
      }
    } else if (!content.has(exchange.type())) {
      found.add("the media type is not documented: '" + exchange.type() + "' " + exchange.body);
    } else {
      var schema = content.get(exchange.type()).path("schema");
      json(exchange.type(), exchange.body)
          .ifPresentOrElse(
              value -> check(schema, operation.strict, value, "the answer", found),
              () -> found.add("the answer is not JSON: " + exchange.body));
    }
  }

  private void headers(
      Operation operation, JsonNode response, Exchange exchange, List<String> found) {
    var documented = response.path("headers");
    for (var header : documented.properties()) {
      var about = operation.resolve(header.getValue());
      var value = exchange.header(header.getKey());
      if (value.isEmpty() && about.path("required").asBoolean()) {
        found.add("the header " + header.getKey() + " is missing");
      }
      value.ifPresent(
          text ->
              check(
                  about.path("schema"),
                  operation.strict,
                  typed(operation, about.path("schema"), text),
                  "the header " + header.getKey(),
                  found));
    }
    TOLD.stream()
        .filter(name -> exchange.header(name).isPresent() && !documented.has(name))
        .forEach(name -> found.add("the header " + name + " is not documented"));
  }

  // --- requests --------------------------------------------------------------------------------

  private void query(Operation operation, Exchange exchange, List<String> found) {
    var parts = exchange.target.split("\\?", 2);
    if (parts.length == 1) {
      return;
    }
    var known =
        operation.parameters("query").stream()
            .collect(Collectors.toMap(p -> p.get("name").textValue(), p -> p));
    for (var pair : parts[1].split("&")) {
      var name = decoded(pair.split("=", 2)[0]);
      var value = pair.contains("=") ? decoded(pair.split("=", 2)[1]) : "";
      if (known.containsKey(name) && !value.isEmpty()) {
        var schema = known.get(name).get("schema");
        check(
            schema, operation.document, typed(operation, schema, value), "accepted " + name, found);
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void body(Operation operation, Exchange exchange, List<String> found) {
    if (exchange.requestBody == null || exchange.requestBody.isEmpty()) {
      if (operation.node.path("requestBody").path("required").asBoolean()) {
        found.add("accepted without the body that is required");
      }
      return;
    }
    var type = exchange.requestType.split(";")[0].strip();
    var content = operation.resolve(operation.node.path("requestBody")).path("content");
    if (content.isEmpty()) {
      return; // a body that nobody reads
    }
    if (!content.has(type)) {
      found.add("accepted the media type " + type);
      return;
    }
    json(type, exchange.requestBody)
        .ifPresent(
            value ->
                check(
                    content.get(type).path("schema"),
                    operation.document,
                    withoutNulls(value),
                    "accepted " + exchange.requestBody,
                    found));
  }

  /** In a request null is the same as absent: many a client writes what it does not have so. */
  private static JsonNode withoutNulls(JsonNode value) {
    if (value instanceof ObjectNode object) {
      object.properties().removeIf(member -> member.getValue().isNull());
    }
    value.forEach(Contract::withoutNulls);
    return value;
  }

  // --- schemas ---------------------------------------------------------------------------------

  private static Optional<JsonNode> json(String type, String text) {
    if (type.equals("application/x-www-form-urlencoded")) {
      var form = JsonNodeFactory.instance.objectNode();
      for (var pair : text.split("&")) {
        form.put(decoded(pair.split("=", 2)[0]), decoded(pair.replaceFirst("^[^=]*=?", "")));
      }
      return Optional.of(form);
    }
    if (!type.endsWith("json")) {
      return Optional.of(JsonNodeFactory.instance.textNode(text));
    }
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static JsonNode typed(Operation operation, JsonNode schema, String text) {
    var type = operation.resolve(schema).path("type").asText();
    try {
      return switch (type) {
        case "integer" -> JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        case "boolean" -> BooleanNode.valueOf(Boolean.parseBoolean(text));
        default -> JsonNodeFactory.instance.textNode(text);
      };
    } catch (NumberFormatException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private void check(
      JsonNode schema, ObjectNode document, JsonNode value, String what, List<String> found) {
    schemas
        .computeIfAbsent(schema, part -> compiled(part, document))
        .validate(value)
        .forEach(message -> found.add(what + ": " + message.getMessage()));
  }

  private static JsonSchema compiled(JsonNode schema, ObjectNode document) {
    var whole = JsonNodeFactory.instance.objectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.get("components"));
    return SCHEMAS.getSchema(whole, CONFIG);
  }

  /** Forbids the members that no schema names. */
  static ObjectNode closed(ObjectNode document) {
    var copy = document.deepCopy();
    close(copy);
    return copy;
  }

  private static void close(JsonNode part) {
    if (part instanceof ObjectNode schema
        && schema.path("properties").isObject()
        && !schema.has("additionalProperties")) {
      schema.put("additionalProperties", false);
    }
    part.forEach(Contract::close);
  }

  private static Stream<Operation> operations(ObjectNode document) {
    var strict = closed(document);
    return document.get("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .map(
                        entry ->
                            new Operation(
                                entry.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                (ObjectNode) entry.getValue(),
                                document,
                                strict)));
  }

  private static Stream<JsonNode> children(JsonNode array) {
    var all = new ArrayList<JsonNode>();
    array.forEach(all::add);
    return all.stream();
  }

  private static JsonNode resolved(ObjectNode document, JsonNode part) {
    var node = part;
    while (node.has("$ref")) {
      node = document.at(JsonPointer.compile(node.get("$ref").textValue().substring(1)));
    }
    return node;
  }
}
