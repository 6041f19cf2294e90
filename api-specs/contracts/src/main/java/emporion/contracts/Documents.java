package emporion.contracts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI documents. What stands in {@code common.yaml} is copied into each that needs it. */
public final class Documents {
  /** The documents that are written by hand, in the order in which the merged one has them. */
  public static final List<String> NAMES =
      List.of(
          "identity-v1",
          "user-v1",
          "user-v2",
          "product-v1",
          "product-v2",
          "order-v1",
          "order-v2",
          "payment-v1",
          "payment-v2",
          "notification-v1",
          "notification-v2");

  /** The document that is made of the others. */
  public static final String MERGED = "emporion";

  private static final String COMMON = "common";
  private static final String TO_COMMON = COMMON + ".yaml#";
  private static final JsonPointer SCHEMES = JsonPointer.compile("/components/securitySchemes");
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .build());

  private Documents() {}

  /** One document, with all that it refers to. */
  public static ObjectNode whole(String name) {
    var document = read(name);
    var common = read(COMMON);
    put(document, SCHEMES, common.at(SCHEMES)); // requirements name them without a pointer
    for (var more = true; more; ) {
      more = false;
      for (var pointer : references(document)) {
        if (document.at(pointer).isMissingNode()) {
          put(document, pointer, common.at(pointer));
          more = true;
        }
      }
    }
    return document;
  }

  /** All that the gateway lets through, in one document: what is for services only is left out. */
  public static ObjectNode merged() {
    var merged = YAML.createObjectNode();
    var head = read(MERGED + "-head");
    merged.setAll(head);
    for (var name : NAMES) {
      add(merged, whole(name));
    }
    prune(merged);
    return merged;
  }

  /**
   * Who may call an operation: roles, {@code signed in} for whoever has a token, or {@code
   * everybody}.
   */
  public static List<String> allowed(JsonNode operation) {
    var allowed = new ArrayList<String>();
    for (var alternative : operation.path("security")) {
      if (alternative.isEmpty()) {
        return List.of("everybody");
      }
      var roles = alternative.path("oauth2");
      roles.forEach(role -> allowed.add(role.textValue()));
      if (roles.isEmpty()) {
        allowed.add("signed in");
      }
    }
    return allowed.isEmpty() ? List.of("everybody") : allowed.stream().sorted().toList();
  }

  /** Who may do what, as a table in Markdown: what the gateway lets through. */
  public static String roles() {
    var table = new StringBuilder("| operation | who may call it |\n|---|---|\n");
    for (var operation : Contract.merged().operations()) {
      table.append(
          "| `%s` | %s |\n".formatted(operation, String.join(", ", allowed(operation.node()))));
    }
    return table.toString();
  }

  /** A document as YAML. */
  public static String yaml(JsonNode document) {
    try {
      return YAML.writeValueAsString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A document as it was written.
   *
   * @throws UncheckedIOException where there is none
   */
  static ObjectNode read(String name) {
    try (var in = Documents.class.getResourceAsStream("openapi/" + name + ".yaml")) {
      if (in == null) {
        throw new FileNotFoundException("api-specs/openapi/" + name + ".yaml");
      }
      return YAML.valueToTree(new Yaml().load(in)); // Jackson alone does not follow aliases
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the document points to inside itself; what points to the common one does so from now. */
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

  private static void put(ObjectNode document, JsonPointer pointer, JsonNode value) {
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("Nothing stands at " + pointer);
    }
    document
        .withObject(pointer.head(), JsonNode.OverwriteMode.NULLS, true)
        .set(pointer.last().getMatchingProperty(), value.deepCopy());
  }

  private static void add(ObjectNode merged, ObjectNode document) {
    merged.withArray("/tags").addAll(document.withArray("/tags"));
    document
        .get("paths")
        .properties()
        .forEach(
            path -> {
              var operations = (ObjectNode) path.getValue();
              operations.properties().removeIf(entry -> entry.getValue().has("x-internal"));
              if (operations.properties().stream()
                  .anyMatch(e -> !e.getKey().equals("parameters"))) {
                merged.withObject("/paths").set(path.getKey(), operations);
              }
            });
    document
        .get("components")
        .properties()
        .forEach(
            kind ->
                kind.getValue()
                    .properties()
                    .forEach(
                        part ->
                            unite(
                                merged.withObject("/components/" + kind.getKey()),
                                part.getKey(),
                                part.getValue())));
  }

  private static void unite(ObjectNode parts, String name, JsonNode part) {
    var known = parts.get(name);
    if (known != null && !known.equals(part)) {
      throw new IllegalArgumentException("Two documents mean different things by " + name);
    }
    parts.set(name, part);
  }

  /** Takes out what nothing points to any more, tags without paths included. */
  private static void prune(ObjectNode document) {
    for (var more = true; more; ) {
      var used = references(document);
      more = false;
      for (var kind : document.get("components").properties()) {
        var parts = (ObjectNode) kind.getValue();
        more |=
            !kind.getKey().equals("securitySchemes")
                && parts
                    .properties()
                    .removeIf(part -> !used.contains(pointer(kind.getKey(), part.getKey())));
      }
    }
    var tags = new HashSet<String>();
    document
        .get("paths")
        .forEach(
            path -> path.forEach(o -> o.path("tags").forEach(tag -> tags.add(tag.textValue()))));
    var kept = document.withArray("/tags").deepCopy();
    document.withArray("/tags").removeAll();
    kept.forEach(
        tag -> {
          if (tags.contains(tag.get("name").textValue())) {
            document.withArray("/tags").add(tag);
          }
        });
  }

  private static JsonPointer pointer(String kind, String name) {
    return JsonPointer.compile("/components/" + kind + "/" + name);
  }
}
