package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the scripts below {@code src/test/python}.
 *
 * @param command an interpreter that knows the modules that were asked for
 */
public record Python(String command) {
  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Skips the test where there is none. Debian's own Python comes first: another one on the path
   * does not see Debian's packages.
   */
  public static Python with(String modules, String packages) {
    var found =
        Stream.of("/usr/bin/python3", "python3")
            .filter(candidate -> answers(List.of(candidate, "-c", "import " + modules)))
            .findFirst();
    assumeTrue(found.isPresent(), "Python can't import " + modules + ": install " + packages);
    return new Python(found.orElseThrow());
  }

  /** Whether there is such a command, and it succeeds. */
  public static boolean answers(List<String> command) {
    try {
      return command(Map.of(), command).code() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  public static Script command(Map<String, String> environment, List<String> command) {
    return Script.run(SCRIPTS, environment, PATIENCE, command);
  }

  /** What a script prints, each line of JSON; other lines are a library's talk. */
  List<JsonNode> run(String script, Map<String, String> environment, String... arguments) {
    var words =
        Stream.concat(Stream.of(command, SCRIPTS.resolve(script).toString()), Stream.of(arguments))
            .toList();
    var output = command(environment, words).succeeded().output();
    var lines = output.lines().filter(line -> line.startsWith("{")).map(Python::json).toList();
    assertFalse(lines.isEmpty(), output);
    return lines;
  }

  private static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  /** Takes what waits in the queue of placed orders, up to this one. */
  List<JsonNode> ordersUpTo(String orderId, Shop shop) {
    var uri = "amqp://guest:guest@127.0.0.1:" + shop.port("broker") + "/";
    return run("order_created.py", Map.of(), uri, orderId);
  }
}
