package emporion.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emporion.contracts.Contract.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes values by the schemas of an operation, and breaks them.
 *
 * @param ids known ids by the name of the member or parameter that wants one; null for none known
 */
record Inputs(Operation operation, Random chance, Function<String, String> ids) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONG_TEXT = 40;
  private static final int LONG_LIST = 3;

  /** A value that the schema allows. */
  JsonNode valid(String name, JsonNode reference) {
    var schema = operation.resolve(reference);
    if (schema.has("enum")) {
      return schema.get("enum").get(chance.nextInt(schema.get("enum").size()));
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(schema);
      case "array" -> array(name, schema);
      case "integer" -> JSON.numberNode(whole(schema));
      case "boolean" -> JSON.booleanNode(chance.nextBoolean());
      default -> JSON.textNode(text(name, schema));
    };
  }

  private ObjectNode object(JsonNode schema) {
    var required = new ArrayList<String>();
    schema.path("required").forEach(name -> required.add(name.textValue()));
    var made = JSON.objectNode();
    for (var member : schema.path("properties").properties()) {
      if (required.contains(member.getKey()) || chance.nextBoolean()) {
        made.set(member.getKey(), valid(member.getKey(), member.getValue()));
      }
    }
    return made;
  }

  private ArrayNode array(String name, JsonNode schema) {
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(LONG_LIST), least + LONG_LIST);
    var made = JSON.arrayNode();
    int size = least + chance.nextInt(most - least + 1);
    for (int i = 0; i < size; i++) {
      made.add(valid(name, schema.get("items")));
    }
    return made;
  }

  private long whole(JsonNode schema) {
    var small = schema.path("format").asText().equals("int32");
    long least = schema.path("minimum").asLong(small ? Integer.MIN_VALUE : Long.MIN_VALUE / 2);
    long most = schema.path("maximum").asLong(small ? Integer.MAX_VALUE : Long.MAX_VALUE / 2);
    return switch (chance.nextInt(6)) {
      case 0 -> least;
      case 1 -> most;
      default -> least + chance.nextLong(Math.min(most - least, 20) + 1);
    };
  }

  private String text(String name, JsonNode schema) {
    switch (schema.path("format").asText()) {
      case "uuid" -> {
        var known = ids.apply(name);
        return known == null || chance.nextInt(5) == 0
            ? new UUID(chance.nextLong(), chance.nextLong()).toString()
            : known;
      }
      case "date-time" -> {
        return Instant.ofEpochSecond(1_700_000_000L + chance.nextInt(200_000_000)).toString();
      }
      case "email" -> {
        return "c" + Long.toHexString(chance.nextLong()) + "@example.org";
      }
      default -> {
        return schema.has("pattern") ? patterned(schema) : words(schema);
      }
    }
  }

  /** The example, or something longer that the pattern allows too. */
  private String patterned(JsonNode schema) {
    var example = schema.path("example").asText();
    var longer = example + Integer.toHexString(chance.nextInt());
    var holds =
        Pattern.compile(schema.get("pattern").textValue()).matcher(longer).find()
            && longer.length() <= schema.path("maxLength").asInt(LONG_TEXT);
    return holds ? longer : example;
  }

  private String words(JsonNode schema) {
    int least = schema.path("minLength").asInt(0);
    int most = Math.min(schema.path("maxLength").asInt(LONG_TEXT), least + LONG_TEXT);
    var alphabet = "abcdefgh XYZ-.,'%_äßλ中";
    var made = new StringBuilder();
    int length = least + chance.nextInt(most - least + 1);
    while (made.length() < length) {
      made.append(alphabet.charAt(chance.nextInt(alphabet.length())));
    }
    return made.toString();
  }

  /** A document with one thing wrong with it, most likely. */
  JsonNode broken(JsonNode valid) {
    var copy = valid.deepCopy();
    var places = new ArrayList<ObjectNode>();
    collect(copy, places);
    if (places.isEmpty()) {
      return nonsense();
    }
    var place = places.get(chance.nextInt(places.size()));
    var names = new ArrayList<String>();
    place.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || chance.nextInt(5) == 0) {
      place.set("x" + chance.nextInt(100), nonsense());
    } else if (chance.nextInt(4) == 0) {
      place.remove(names.get(chance.nextInt(names.size())));
    } else {
      place.set(names.get(chance.nextInt(names.size())), nonsense());
    }
    return copy;
  }

  private static void collect(JsonNode node, List<ObjectNode> places) {
    if (node instanceof ObjectNode object) {
      places.add(object);
    }
    node.forEach(child -> collect(child, places));
  }

  private JsonNode nonsense() {
    List<Supplier<JsonNode>> kinds =
        List.of(
            JSON::nullNode,
            () -> JSON.numberNode(-1),
            () -> JSON.numberNode(0),
            () -> JSON.numberNode(1.5),
            () -> JSON.numberNode(1L << 31),
            () -> JSON.numberNode(Long.MAX_VALUE),
            () -> JSON.numberNode(new java.math.BigInteger("9".repeat(40))),
            () -> JSON.textNode(""),
            () -> JSON.textNode("\u0000"),
            () -> JSON.textNode("x".repeat(5_000)),
            () -> JSON.textNode("' or 1=1 --"),
            () -> JSON.textNode("\ud800"),
            () -> JSON.booleanNode(true),
            JSON::arrayNode,
            () -> JSON.arrayNode().add(JSON.arrayNode()),
            () -> JSON.objectNode().put("a", 1));
    return kinds.get(chance.nextInt(kinds.size())).get();
  }

  /** What a query parameter, a header or a path should not be; it can be sent in all of them. */
  String oddText() {
    var odd =
        List.of(
            "",
            " ",
            "-1",
            "0",
            "1e9",
            "99999999999999999999",
            "null",
            "true",
            "%",
            "'",
            "\"",
            "<x>",
            "..",
            "a".repeat(3_000),
            "äλ中",
            "2026-13-45T99:00:00Z",
            "00000000-0000-0000-0000-0000");
    return odd.get(chance.nextInt(odd.size()));
  }
}
