package emporion.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a document keeps what was released. It may say more: another member that nobody has to
 * send, another channel, another message in a queue, other words. What it has said holds in both
 * directions, for old events that are read by new services, and for new ones that are read by old:
 * no type, limit, list of values or list of required members is another one.
 */
final class Released {
  /** Words for people. */
  private static final Set<String> WORDS =
      Set.of("title", "description", "summary", "examples", "info", "servers", "tags", "$comment");

  /** Lists in which the order says nothing. */
  private static final Set<String> SETS = Set.of("required", "enum", "type", "messages");

  /** Objects whose keys are names that were chosen, to which others may be added. */
  private static final Set<String> OPEN =
      Set.of(
          "properties",
          "definitions",
          "channels",
          "operations",
          "messages",
          "components",
          "schemas");

  private Released() {}

  /** Where it is broken, and how; nothing where it is kept. */
  static List<String> broken(JsonNode released, JsonNode present) {
    var found = new ArrayList<String>();
    compare("", "", released, present, found);
    return found;
  }

  private static void compare(
      String at, String key, JsonNode released, JsonNode present, List<String> found) {
    if (released.isObject() && present.isObject()) {
      members(at, key, released, present, found);
    } else if (SETS.contains(key) && released.isArray() && present.isArray()) {
      var before = elements(released);
      var now = elements(present);
      var kept = key.equals("messages") ? now.containsAll(before) : now.equals(before);
      if (!kept) {
        found.add(at + " was " + released + " and is " + present);
      }
    } else if (!released.equals(present)) {
      found.add(at + " was " + released + " and is " + present);
    }
  }

  private static void members(
      String at, String key, JsonNode released, JsonNode present, List<String> found) {
    var names = OPEN.contains(key);
    for (var member : released.properties()) {
      var name = member.getKey();
      if (!names && WORDS.contains(name)) {
        continue;
      }
      if (present.has(name)) {
        var inner = names ? "" : name;
        compare(at + "/" + name, inner, member.getValue(), present.get(name), found);
      } else {
        found.add(at + "/" + name + " is gone");
      }
    }
    present
        .properties()
        .forEach(
            member -> {
              var name = member.getKey();
              if (!names && !WORDS.contains(name) && !OPEN.contains(name) && !released.has(name)) {
                found.add(at + "/" + name + " is new: " + member.getValue());
              }
            });
  }

  private static Set<JsonNode> elements(JsonNode array) {
    var all = new HashSet<JsonNode>();
    array.forEach(all::add);
    return all;
  }
}
