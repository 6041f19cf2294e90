package emporion.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The events' document and schemas among themselves, and against those that were released. */
class EventsTest {
  private static final Path SCHEMAS = Path.of("../asyncapi/schemas");
  private static final Path RELEASED = Path.of("../released/asyncapi");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document = Events.document();

  private static TreeSet<String> files(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") && !name.equals("common.json"))
          .map(name -> name.replace(".json", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void eachTypeHasASchemaAndEachSchemaAType() throws IOException {
    assertEquals(files(SCHEMAS), Events.types());
    for (var type : Events.types()) {
      var message = document.at("/components/messages").get(type);
      assertEquals("./schemas/" + type + ".json", message.at("/payload/schema/$ref").asText());
      assertEquals(type, message.get("name").asText());
      var channel = document.get("channels").get(type);
      assertEquals(type, channel.get("address").asText(), "the routing key is the type");
      var exchange = Events.binding(channel).path("exchange");
      assertEquals("emporion.events", exchange.path("name").asText());
      assertEquals("topic", exchange.path("type").asText());
    }
  }

  @TestFactory
  Stream<DynamicTest> examplesAreAsTheirSchemasSay() {
    return Events.types().stream().map(type -> DynamicTest.dynamicTest(type, () -> holds(type)));
  }

  private void holds(String type) {
    var example = Events.example(type);
    assertEquals(List.of(), Events.violations(type, example.toString()));
    var message = document.at("/components/messages").get(type).at("/examples/0");
    assertEquals(example, message.get("payload"), "the example of the document");
    var headers = JSON.convertValue(message.get("headers"), Map.class);
    assertEquals(List.of(), headersOf(type, headers));
    for (var member : Events.schema(type).get("required")) {
      var less = example.deepCopy();
      less.remove(member.asText());
      assertFalse(Events.violations(type, less.toString()).isEmpty(), member::toString);
    }
    var more = example.deepCopy().put("nobody_knows", 1);
    assertFalse(Events.violations(type, more.toString()).isEmpty());
    headers.remove("cloudEvents_id");
    assertFalse(headersOf(type, headers).isEmpty());
  }

  @SuppressWarnings("unchecked")
  private static List<String> headersOf(String type, Map<?, ?> headers) {
    return Events.violations(type, (Map<String, ?>) headers);
  }

  @Test
  void formatsAreMeant() {
    var bad = Events.example("user_registered");
    assertFalse(refused(bad.deepCopy().put("user_id", "1")).isEmpty());
    assertFalse(refused(bad.deepCopy().put("registered_at", "yesterday")).isEmpty());
    assertFalse(refused(bad.deepCopy().putNull("email")).isEmpty());
    assertFalse(Events.violations("user_registered", "{").isEmpty());
  }

  private static List<String> refused(ObjectNode registration) {
    return Events.violations("user_registered", registration.toString());
  }

  // --- what was released -----------------------------------------------------------------------

  private static ObjectNode released(String type) throws IOException {
    return Events.whole(json(RELEASED, type), json(RELEASED, "common"));
  }

  private static ObjectNode json(Path directory, String name) throws IOException {
    return (ObjectNode) JSON.readTree(directory.resolve(name + ".json").toFile());
  }

  @TestFactory
  Stream<DynamicTest> nothingThatWasReleasedBreaks() throws IOException {
    return Stream.concat(
        Stream.of(DynamicTest.dynamicTest("events.yaml", this::document)),
        files(RELEASED).stream()
            .map(
                type ->
                    DynamicTest.dynamicTest(
                        type, () -> assertKept(released(type), Events.schema(type)))));
  }

  private void document() throws IOException {
    assertKept(new YAMLMapper().readTree(RELEASED.resolve("events.yaml").toFile()), document);
  }

  private static void assertKept(JsonNode released, JsonNode present) {
    var broken = Released.broken(released, present);
    assertTrue(
        broken.isEmpty(),
        () ->
            "Readers of what was released would break; make a new type of event.\n"
                + String.join("\n", broken));
  }

  @Test
  void whatIsNewIsReleasedToo() throws IOException {
    assertEquals(
        files(SCHEMAS),
        files(RELEASED),
        "Release them: cp api-specs/asyncapi/events.yaml api-specs/asyncapi/schemas/*.json"
            + " api-specs/released/asyncapi/");
  }

  @TestFactory
  Stream<DynamicTest> breaksAreFound() {
    return Stream.of(
        breaks("a member is gone", s -> s.withObject("/properties").remove("total")),
        breaks("a member need not be there any more", s -> s.withArray("/required").remove(0)),
        breaks("another member has to be there", s -> s.withArray("/required").add("reason")),
        breaks("another type", s -> s.withObject("/properties/items").put("type", "object")),
        breaks("fewer values", s -> s.withArray("/properties/reason/enum").remove(0)),
        breaks("more values", s -> s.withArray("/properties/reason/enum").add("bored")),
        breaks("another value", s -> s.withObject("/properties/status").put("const", "ended")),
        breaks(
            "deep inside", s -> s.withObject("/definitions/Money/properties").remove("currency")),
        breaks("another limit", s -> s.withObject("/definitions/OrderLines").put("maxItems", 1)),
        breaks("a new limit", s -> s.withObject("/definitions/Money").put("maxProperties", 2)),
        breaks("no member besides", s -> s.put("additionalProperties", false)));
  }

  private static DynamicTest breaks(String name, Consumer<ObjectNode> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          var present = Events.schema("order_cancelled");
          present.withObject("/properties").set("items", itemsOf(present));
          var changed = present.deepCopy();
          change.accept(changed);
          assertEquals(1, Released.broken(present, changed).size());
        });
  }

  /** Beside a reference nothing counts, so a test that changes the list needs it in place. */
  private static JsonNode itemsOf(ObjectNode schema) {
    return schema.at("/definitions/OrderLines").deepCopy();
  }

  @Test
  void moreIsNoBreak() {
    var present = Events.schema("order_cancelled");
    var changed = present.deepCopy();
    changed.put("description", "Other words.");
    changed.withObject("/properties/note").put("type", "string");
    changed.withObject("/definitions/Money/properties/tax").put("type", "integer");
    changed.withArray("/examples").removeAll();
    assertEquals(List.of(), Released.broken(present, changed));
  }
}
