package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sh before there is Java. */
class ScriptsTest {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final List<String> SCRIPTS =
      List.of("up", "down", "restart", "ps", "dead-letters", "run", "java");
  private static final List<List<String>> SHELLS =
      List.of(List.of("sh"), List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"));

  @TempDir private Path folder;

  @BeforeEach
  void sh() {
    assumeTrue(Place.program("sh").isPresent(), "there is no sh");
  }

  private static String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes()).strip();
    return process.waitFor() == 0 ? said : "failed: " + said;
  }

  /** A folder that looks like a JDK. */
  private Path jdk(String version) throws IOException {
    var home = folder.resolve("jdk " + version);
    Folders.create(home.resolve("bin"));
    Folders.write(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    for (var program : List.of("java", "javac")) {
      var file = home.resolve("bin").resolve(program);
      Folders.write(file, "#!/bin/sh\necho %s \"$@\"\n".formatted(version));
      Os.permit(file, "rwxr-xr-x");
    }
    return home;
  }

  private static void assertJava(String said, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    for (var shell : SHELLS) {
      if (Place.program(shell.getFirst()).isPresent()) {
        var command = new ArrayList<>(shell);
        command.add(HERE.resolve("java").toString());
        command.addAll(List.of(arguments));
        assertEquals(said, run(command, environment), shell::toString);
      }
    }
  }

  @Test
  void theJavaOfJavaHomeIsTakenWhereItIsNewEnough() throws Exception {
    assertJava("25 a b", Map.of("JAVA_HOME", jdk("25").toString()), "a", "b");
    assertJava("26.0.1 a", Map.of("JAVA_HOME", jdk("26.0.1").toString()), "a");
  }

  @Test
  void elseTheOneOnThePathAlsoByALink() throws Exception {
    var links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), jdk("25.0.2").resolve("bin/java"));
    var path = links + ":" + System.getenv("PATH");

    assertJava("25.0.2 a", Map.of("JAVA_HOME", jdk("17.0.15").toString(), "PATH", path), "a");
  }

  @Test
  void commandsWorkThroughLinksAndFromAnywhere() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("ps"), HERE.resolve("ps"));
    var environment = Map.of("JAVA_HOME", System.getProperty("java.home"));

    var said = run(List.of(link.toString(), "--help"), environment);

    assertTrue(said.startsWith("Usage: env/local/ps"), said);
  }

  @Test
  void theyAreFreeOfBashAndOfCommonMistakes() throws Exception {
    assumeTrue(Place.program("shellcheck").isPresent(), "shellcheck is not installed");
    var command = new ArrayList<>(List.of("shellcheck", "-s", "sh"));
    SCRIPTS.forEach(script -> command.add(HERE.resolve(script).toString()));

    assertEquals("", run(command, Map.of()));
  }
}
