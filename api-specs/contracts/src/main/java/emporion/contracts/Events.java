package emporion.contracts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The AsyncAPI document and the JSON Schemas (draft-07) of the events: what is published by whom,
 * what it looks like, and which queues take it.
 *
 * <p>Safe for use by many threads.
 */
public final class Events {
  private static final String DIRECTORY = "asyncapi/";
  private static final String COMMON = "common";
  private static final String TO_COMMON = COMMON + ".json#";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode DOCUMENT = document();
  private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V7);
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final Map<String, JsonSchema> STRICT = new ConcurrentHashMap<>();
  private static final Map<String, JsonSchema> HEADERS = new ConcurrentHashMap<>();

  private Events() {}

  /** All types of events. */
  public static Set<String> types() {
    return published("");
  }

  /** The types that a service publishes. */
  public static Set<String> of(String service) {
    return published(service);
  }

  private static Set<String> published(String service) {
    return operations("send", service).stream()
        .map(operation -> resolved(operation.get("channel")))
        .filter(channel -> binding(channel).path("is").asText().equals("routingKey"))
        .flatMap(channel -> names(channel.get("messages")).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The queues that a service reads, and which types each of them takes. */
  public static Map<String, Set<String>> readBy(String service) {
    return queues(service);
  }

  /** The queues of all readers, and which types each of them takes. */
  public static Map<String, Set<String>> queues() {
    return queues("");
  }

  private static Map<String, Set<String>> queues(String service) {
    var queues = new TreeMap<String, Set<String>>();
    for (var operation : operations("receive", service)) {
      var channel = resolved(operation.get("channel"));
      queues.put(channel.get("address").textValue(), names(channel.get("messages")));
    }
    return queues;
  }

  /** The AsyncAPI document as it was written. */
  static ObjectNode document() {
    try (var in = Events.class.getResourceAsStream(DIRECTORY + "events.yaml")) {
      return (ObjectNode) new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The schema of a type's data, with all that it refers to.
   *
   * @throws UncheckedIOException where there is none
   */
  public static ObjectNode schema(String type) {
    return whole(read(type), read(COMMON));
  }

  /** The first example of a type's data, to be changed at will. */
  public static ObjectNode example(String type) {
    return read(type).withArray("/examples").get(0).deepCopy();
  }

  /**
   * What of an event's data is not as its schema says, in words; nothing where all is. Members that
   * the schema does not name are a violation: consumers pass over them, publishers have none.
   *
   * @throws UncheckedIOException where there is no such type
   */
  public static List<String> violations(String type, String data) {
    try {
      var schema = STRICT.computeIfAbsent(type, Events::strict);
      return words(type, schema, JSON.readTree(data));
    } catch (JsonProcessingException e) {
      return List.of(type + " is not JSON: " + data);
    }
  }

  private static JsonSchema strict(String type) {
    return SCHEMAS.getSchema(Contract.closed(schema(type)), CONFIG);
  }

  /** What of an event's headers is not as documented, in words; nothing where all is. */
  public static List<String> violations(String type, Map<String, ?> headers) {
    var schema = HEADERS.computeIfAbsent(type, Events::headers);
    return words(type, schema, JSON.valueToTree(headers));
  }

  private static JsonSchema headers(String type) {
    var schema = (ObjectNode) DOCUMENT.at("/components/messages").get(type).get("headers");
    var whole = schema.deepCopy();
    whole.set("components", DOCUMENT.get("components"));
    return SCHEMAS.getSchema(whole, CONFIG);
  }

  private static List<String> words(String type, JsonSchema schema, JsonNode value) {
    return schema.validate(value).stream()
        .map(message -> type + message.getMessage()) // it begins with the place
        .sorted()
        .toList();
  }

  /** Copies from the common schemas what the schema refers to, so that it stands by itself. */
  static ObjectNode whole(ObjectNode schema, ObjectNode common) {
    for (var more = true; more; ) {
      more = false;
      for (var pointer : references(schema)) {
        if (schema.at(pointer).isMissingNode()) {
          var part = common.at(pointer);
          if (part.isMissingNode()) {
            throw new IllegalArgumentException("Nothing stands at " + pointer);
          }
          var name = pointer.last().getMatchingProperty();
          schema.withObject("/definitions").set(name, part.deepCopy());
          more = true;
        }
      }
    }
    return schema;
  }

  private static Set<JsonPointer> references(JsonNode node) {
    var found = new HashSet<JsonPointer>();
    if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
      var target = object.get("$ref").textValue().replace(TO_COMMON, "#");
      object.set("$ref", TextNode.valueOf(target));
      found.add(JsonPointer.compile(target.substring(1)));
    }
    node.forEach(child -> found.addAll(references(child)));
    return found;
  }

  private static ObjectNode read(String name) {
    var path = DIRECTORY + "schemas/" + name + ".json";
    try (var in = Events.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("api-specs/" + path);
      }
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> operations(String action, String service) {
    return DOCUMENT.get("operations").properties().stream()
        .map(Map.Entry::getValue)
        .filter(operation -> operation.get("action").textValue().equals(action))
        .filter(o -> service.isEmpty() || o.path("x-service").asText().equals(service))
        .toList();
  }

  /** How AMQP 0-9-1 carries a channel. */
  static JsonNode binding(JsonNode channel) {
    return resolved(channel.get("bindings")).path("amqp");
  }

  private static JsonNode resolved(JsonNode part) {
    return part.has("$ref")
        ? DOCUMENT.at(JsonPointer.compile(part.get("$ref").textValue().substring(1)))
        : part;
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
