package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  private static final int BUILT = 2_000;

  @TempDir private Path folder;
  private Project project;

  @BeforeEach
  void project() throws IOException {
    project = new Project(folder);
    for (var source :
        Set.of(
            "pom.xml",
            "api-specs/openapi/books.yaml",
            "services/chassis/pom.xml",
            "services/books/pom.xml",
            "services/books/src/main/java/Books.java")) {
      project.file(source, BUILT - 1_000);
    }
    project.file("services/books/target/books.jar", BUILT);
  }

  private boolean isStaleAfter(String change) throws IOException {
    project.file(change, BUILT + 1_000);
    var local = project.local();
    return new Build(local).isStale(local.services().get("books"));
  }

  @Test
  void whatAJarIsMadeOfMakesItStale() throws IOException {
    for (var source :
        Set.of(
            "pom.xml",
            "api-specs/openapi/books.yaml",
            "services/chassis/data/src/main/java/Sql.java",
            "services/books/pom.xml",
            "services/books/adapters/src/main/java/Printer.java",
            "services/books/src/main/java/Books.java")) {
      project();
      assertTrue(isStaleAfter(source), source);
      project.file(source, BUILT - 1_000);
    }
  }

  @Test
  void nothingElseDoes() throws IOException {
    for (var other :
        Set.of(
            "services/gateway/src/main/java/Gateway.java",
            "services/system-tests/src/test/java/TourIT.java",
            "services/books/src/test/java/BooksTest.java",
            "services/books/README.md",
            "services/chassis/src/test/java/SqlTest.java",
            "services/chassis/target/classes/Sql.class",
            "api-specs/node_modules/index.js",
            "env/local/data/db/books.mv.db")) {
      assertFalse(isStaleAfter(other), other);
    }
  }

  @Test
  void aJarThatIsMissingIsStale() throws IOException {
    var local = project.local();

    assertTrue(new Build(local).isStale(local.services().gateway()));
  }

  @Test
  void aJarIsDoneWhenMavenHasLeftItsModule() {
    var log =
        """
        [INFO] Building Emporion 1.0.0-SNAPSHOT                                   [1/3]
        [INFO] Building Books 1.0.0-SNAPSHOT                                      [2/3]
        [INFO] Building jar: /home/x/services/books/target/books.jar
        [INFO] Building The gateway 1.0.0-SNAPSHOT                                [3/3]
        [INFO] Building jar: /home/x/services/gateway/target/gateway.jar
        """;

    assertEquals(Set.of("books"), Maven.jarsDone(log.lines().toList()));
  }
}
