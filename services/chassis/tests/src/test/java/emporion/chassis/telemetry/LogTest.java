package emporion.chassis.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporion.chassis.helidon.Main;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a whole process of ours says is a log that machines read. */
class LogTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LONGEST = 40_000;

  @Test
  void eachLineIsJsonWithinItsLimits() throws Exception {
    var lines = lines();
    for (var line : lines) {
      var entry = MAPPER.readTree(line);
      assertTrue(entry.isObject(), line);
      assertEquals("chassis", entry.at("/service").asText(), line);
      for (var field : List.of("level", "logger_name", "version", "instance", "message")) {
        assertFalse(entry.path(field).asText().isBlank(), () -> field + " is not in " + line);
      }
      assertTrue(entry.at("/@timestamp").asText().endsWith("Z"), line);
      assertTrue(entry.at("/message").asText().length() <= 4_000, "too long");
      assertTrue(line.length() <= LONGEST, () -> "a line of " + line.length());
    }
    var traced = MAPPER.readTree(the(lines, "within a trace"));
    assertEquals(32, traced.at("/trace_id").asText().length(), traced::toString);
    assertEquals(16, traced.at("/span_id").asText().length(), traced::toString);
    assertEquals("o-1", traced.at("/order_id").asText());
    var after = MAPPER.readTree(the(lines, Noise.END));
    assertTrue(after.at("/trace_id").isMissingNode() && after.at("/order_id").isMissingNode());
    assertTrue(the(lines, "by a secret").contains("Bearer ****"));
    assertTrue(MAPPER.readTree(the(lines, "failed at last")).at("/stack_trace").isTextual());
    for (var said :
        List.of(
            "by java.util.logging",
            "by System.Logger",
            "by the standard error stream",
            "by a stack trace",
            "Thread doomed has ended",
            Noise.END)) {
      assertEquals(1, lines.stream().filter(line -> line.contains(said)).count(), said);
    }
  }

  private static String the(List<String> lines, String said) {
    return lines.stream().filter(line -> line.contains(said)).findFirst().orElseThrow();
  }

  private static List<String> lines() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + Noise.SETTING + "=true",
                "-Dserver.port=0",
                "-Dmanagement.port=0",
                "-Demporion.broker.uri=amqp://127.0.0.1:1",
                "-Demporion.database.url=jdbc:h2:mem:"
                    + UUID.randomUUID()
                    + ";MODE=PostgreSQL"
                    + ";DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
                "-cp",
                classPath(),
                Main.class.getName())
            .redirectErrorStream(true)
            .start();
    try (var out = process.inputReader()) {
      var lines = untilTheEnd(out);
      process.toHandle().destroy(); // the other one closes the stream
      out.lines().forEach(lines::add);
      return lines;
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Without the broker of the tests, which brings settings of its own for the log. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("/broker/"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> untilTheEnd(BufferedReader out) throws Exception {
    var lines = new ArrayList<String>();
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.contains(Noise.END)) {
        break;
      }
    }
    return lines;
  }
}
