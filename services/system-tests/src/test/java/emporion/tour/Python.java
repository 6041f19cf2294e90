package emporion.tour;

import static java.util.function.Predicate.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Runs the scripts below {@code src/test/python}.
 *
 * @param command an interpreter that knows the modules that were asked for
 */
public record Python(String command) {
  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
  private static final List<String> NAMES =
      List.of(
          "python3",
          "python",
          "python3.10",
          "python3.11",
          "python3.12",
          "python3.13",
          "python3.14");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Those that run a statement; to find them takes seconds, as each is tried. */
  private static final Map<String, List<Python>> FOUND = new ConcurrentHashMap<>();

  /** The first interpreter that can import these; skips the test where there is none. */
  public static Python with(String modules, String packages) {
    return all("import " + modules, packages).getFirst();
  }

  /**
   * Every interpreter of the machine that runs this statement without an error, each once, however
   * many names it has; skips the test where there is none. Each sees packages of its own.
   *
   * @param packages what to install where there is none
   */
  public static List<Python> all(String statement, String packages) {
    var found = FOUND.computeIfAbsent(statement, Python::find);
    assumeFalse(found.isEmpty(), "No Python runs «" + statement + "»: install " + packages);
    return found;
  }

  private static List<Python> find(String statement) {
    return interpreters()
        .map(name -> List.of(name, "-c", statement + "; import sys; print(sys.executable)"))
        .flatMap(command -> printed(command).stream())
        .map(Python::real)
        .distinct()
        .map(Python::new)
        .toList();
  }

  private static Stream<String> interpreters() {
    var path = System.getenv().getOrDefault("PATH", "");
    var folders = Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/bin"));
    return folders
        .filter(not(String::isEmpty))
        .filter(folder -> Files.isDirectory(Path.of(folder)))
        .map(Python::real)
        .distinct()
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString);
  }

  private static Optional<String> printed(List<String> command) {
    try {
      var script = command(Map.of(), command);
      return script.code() == 0
          ? script.output().lines().reduce((_, last) -> last)
          : Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String real(String path) {
    try {
      return Path.of(path).toRealPath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
