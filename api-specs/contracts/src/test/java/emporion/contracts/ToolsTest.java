package emporion.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tools of the field say of the contracts; skipped where they are not installed. */
class ToolsTest {
  private static final String MISSING =
      "The contracts' tools are not installed: npm ci --prefix api-specs";
  private static final Path SPECS = Path.of("..").toAbsolutePath().normalize();

  @Test
  void spectralHasNothingToSayOfTheDocuments() throws Exception {
    run(
        "spectral",
        "lint",
        "--fail-severity=hint",
        "--ruleset",
        "lint/ruleset.yaml",
        "openapi/emporion.yaml");
  }

  @Test
  void theDocumentOfTheEventsIsAsyncApi() throws Exception {
    assumeTrue(Files.exists(SPECS.resolve("node_modules/@asyncapi/parser")), MISSING);
    run(Path.of("node"), "lint/asyncapi.mjs", "asyncapi/events.yaml");
  }

  @Test
  void bufFindsTheProtocolsWellFormed() throws Exception {
    run("buf", "lint", "proto");
  }

  @Test
  void bufFindsNothingThatBreaksAReleasedProtocol() throws Exception {
    run("buf", "breaking", "proto", "--against", "released/proto");
  }

  private static void run(String tool, String... arguments)
      throws IOException, InterruptedException {
    var program = SPECS.resolve("node_modules/.bin").resolve(tool);
    assumeTrue(Files.exists(program), MISSING);
    run(program, arguments);
  }

  private static void run(Path program, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(isInstalled("node"), "node is not on the path: install nodejs");
    var process =
        new ProcessBuilder(
                Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList())
            .directory(SPECS.toFile())
            .redirectErrorStream(true)
            .start();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> List.of(arguments) + "\n" + words);
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
