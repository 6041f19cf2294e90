package emporion.chassis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.chassis.testkit.Http.Answer;
import emporion.contracts.Contract;
import emporion.contracts.Contract.Operation;
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
    assertAllows(200, allowed, http.send("OPTIONS", path, null));
    assertAllows(200, allowed, anyone.send("OPTIONS", path, null));
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
    }
    if (!content.isEmpty()) {
      var unread = http.with("Content-Type", NOBODYS).send(operation.method(), path, "x");
      assertRefused(415, "unsupported-media-type", operation, unread);
    }
    if (operation.node().path("responses").has("406")) {
      var unmade = http.with("Accept", NOBODYS);
      var read =
          content.isEmpty() ? unmade : unmade.with("Content-Type", content.fieldNames().next());
      var body = content.isEmpty() ? null : "x";
      assertRefused(406, "not-acceptable", operation, read.send(operation.method(), path, body));
    }
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
