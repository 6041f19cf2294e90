package emporion.chassis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.contracts.Contract;
import emporion.contracts.Contract.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What every path of a service does alike (RFC 9110), in each version: HEAD where GET is, OPTIONS
 * and {@code Allow}, 405, 406 for a media type that nobody has, 415 for one that nobody reads.
 */
public final class ConventionRules {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final List<String> NO_OBJECTS =
      List.of(
          "",
          " ",
          "null",
          "[]",
          "[{}]",
          "1",
          "true",
          "\"x\"",
          "{",
          "{}}",
          "{} {}",
          "{'a':1}",
          "{\"a\":1,\"a\":2}",
          "\ufeff{}",
          "[".repeat(2_000),
          "{\"a\":".repeat(2_000),
          "\u0000");
  private static final String NOBODYS = "application/vnd.nobody";

  private final Http http;
  private final Http anyone;
  private final Map<String, Set<Operation>> paths = new TreeMap<>();

  private ConventionRules(String name, TestService service) {
    http = service.user("shopper", "support", "catalogue_manager", "admin", "service");
    anyone = service.anonymous();
    for (var operation : Contract.of(name).orElseThrow().operations()) {
      paths
          .computeIfAbsent(
              operation.path(), path -> new TreeSet<>((a, b) -> a.method().compareTo(b.method())))
          .add(operation);
    }
  }

  /** One test for each path. */
  public static Stream<DynamicTest> rules(String name, TestService service) {
    var rules = new ConventionRules(name, service);
    return rules.paths.entrySet().stream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path.getKey(), () -> rules.hold(path.getKey(), path.getValue())));
  }

  private void hold(String template, Set<Operation> operations) {
    var path = PARAMETER.matcher(template).replaceAll(UUID.randomUUID().toString());
    var allowed = new TreeSet<>(Set.of("OPTIONS"));
    operations.forEach(operation -> allowed.add(operation.method()));
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    for (var caller : List.of(http, anyone)) {
      var asked = caller.send("OPTIONS", path, null);
      assertAllows(204, allowed, asked);
      assertEquals("", asked.body());
      assertEquals("", asked.header("Content-Type"));
    }
    for (var method : METHODS) {
      if (!allowed.contains(method)) {
        assertAllows(405, allowed, http.with("Content-Type", "text/plain").send(method, path, "x"));
      }
    }
    operations.forEach(operation -> hold(operation, path));
  }

  private void hold(Operation operation, String path) {
    var content = operation.resolve(operation.node().path("requestBody")).path("content");
    if (operation.method().equals("GET")) {
      var whole = http.get(path);
      var head = http.send("HEAD", path, null);
      assertEquals(whole.status(), head.status(), () -> "HEAD " + path);
      assertEquals("", head.body());
      assertEquals(whole.header("Content-Type"), head.header("Content-Type"), () -> "HEAD " + path);
      var length = head.header("Content-Length");
      assertTrue(Set.of("", whole.header("Content-Length")).contains(length), () -> "HEAD " + path);
      var picky = http.with("Accept", "application/json;charset=utf-16").get(path);
      assertEquals(whole.header("Content-Type"), picky.header("Content-Type"), () -> path);
      var broken = http.with("Accept", "application/json;q=2").get(path);
      assertEquals("invalid-request", broken.problem(), () -> path + ": " + broken);
    }
    if (!content.isEmpty()) {
      var unread = http.with("Content-Type", NOBODYS).send(operation.method(), path, "x");
      assertRefused(415, "unsupported-media-type", operation, unread);
      var taken = unread.header(operation.method().equals("PATCH") ? "Accept-Patch" : "Accept");
      content.fieldNames().forEachRemaining(type -> assertTrue(taken.contains(type), taken));
      holdBodies(operation, path, content.fieldNames().next());
    }
    if (operation.node().path("responses").has("406")) {
      var unmade = http.with("Accept", NOBODYS);
      var read =
          content.isEmpty() ? unmade : unmade.with("Content-Type", content.fieldNames().next());
      var body = content.isEmpty() ? null : "x";
      assertRefused(406, "not-acceptable", operation, read.send(operation.method(), path, body));
    }
  }

  /** Whatever is no content of this operation changes nothing. */
  private void holdBodies(Operation operation, String path, String type) {
    var bare = http.send(operation.method(), path, null);
    if (bare.problem().equals("bad-signature")) {
      return; // what is signed is refused for its signature
    }
    assertTrue(Set.of(400, 415).contains(bare.status()), () -> operation + " bare: " + bare);
    var typed = http.with("Content-Type", type);
    for (var body : type.endsWith("json") ? NO_OBJECTS : List.of("", "\ufeff", "\u0000")) {
      var answer = typed.send(operation.method(), path, body);
      assertEquals(400, answer.status(), () -> operation + " " + body + ": " + answer);
    }
    var strange = http.with("Content-Type", type + ";charset=utf-16");
    var answer = strange.send(operation.method(), path, "{}");
    assertTrue(Set.of(400, 415).contains(answer.status()), () -> operation + ": " + answer);
  }

  private static void assertRefused(int status, String slug, Operation operation, Answer answer) {
    assertEquals(status, answer.status(), () -> operation + ": " + answer);
    assertEquals(slug, answer.problem(), () -> operation + ": " + answer);
  }

  private static void assertAllows(int status, Set<String> methods, Answer answer) {
    assertEquals(status, answer.status(), answer::toString);
    var named = new TreeSet<>(Set.of(answer.header("Allow").split(", *")));
    assertEquals(methods, named, answer::toString);
    if (status == 405) {
      assertEquals("method-not-allowed", answer.problem(), answer::toString);
    }
  }
}
