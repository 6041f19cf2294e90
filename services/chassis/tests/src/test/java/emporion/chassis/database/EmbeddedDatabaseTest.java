package emporion.chassis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an H2 as the services open it by default. */
class EmbeddedDatabaseTest {
  /** The file's header, as H2 writes it where it was closed in order. */
  private static final String CLEAN = ",clean:1,";

  @TempDir private Path folder;

  private String url() throws IOException {
    return url(folder.resolve("test"));
  }

  /** How the services open a file of this name by default. */
  static String url(Path database) throws IOException {
    for (var file :
        Collections.list(
            EmbeddedDatabaseTest.class
                .getClassLoader()
                .getResources("META-INF/microprofile-config.properties"))) {
      var settings = new Properties();
      try (var in = file.openStream()) {
        settings.load(in);
      }
      var url = settings.getProperty("emporion.database.url");
      if (url != null) {
        return url.replace("./env/local/data/db/${emporion.service}", database.toString());
      }
    }
    throw new IllegalStateException("no default");
  }

  private Connection open() throws SQLException, IOException {
    return DriverManager.getConnection(url(), "emporion", "");
  }

  private static void execute(Connection database, String... statements) throws SQLException {
    try (var statement = database.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(Connection database, String query) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Path file() {
    return folder.resolve("test.mv.db");
  }

  private String header() throws IOException {
    try (var in = Files.newInputStream(file())) {
      return new String(in.readNBytes(4_096), StandardCharsets.ISO_8859_1).strip();
    }
  }

  /** Alone, since H2 itself can't stand an interrupt while two wait for each other. */
  @Test
  void anInterruptNeitherClosesItNorLosesWhatWasAcknowledged() throws Exception {
    try (var first = open()) {
      execute(first, "create table counter (n int)", "insert into counter values (0)");
      for (int n = 1; n <= 200; n++) {
        if (n % 3 == 0) {
          Thread.currentThread().interrupt();
        }
        execute(first, "update counter set n = " + n);
      }
      assertEquals(200, number(first, "select n from counter"));
    } finally {
      Thread.interrupted();
    }
    assertTrue(header().contains(CLEAN), this::headerInWords);
    try (var again = open()) {
      assertEquals(200, number(again, "select n from counter"));
    }
  }

  private String headerInWords() {
    try {
      return header();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void aFileOfWhatWasOverwrittenIsSmallAgainAfterTheNextStart() throws Exception {
    try (var database = open()) {
      execute(
          database,
          "create table counter (id int primary key, n int)",
          "insert into counter values (0, 7)",
          "create table big (words varchar)");
      for (int i = 0; i < 50; i++) {
        execute(
            database,
            "insert into big select repeat(random_uuid(), 10000) from system_range(1, 3)",
            "delete from big");
      }
    }
    long before = Files.size(file());
    assertTrue(before > 32 << 20, () -> "the test writes too little to tell: " + before);

    new EmbeddedDatabase(null, url(), "emporion", 16, null).compact(this);
    assertTrue(Files.size(file()) < 1 << 20, () -> "still large");
    assertTrue(header().contains(CLEAN), this::headerInWords);
    try (var database = open()) {
      assertEquals(7, number(database, "select n from counter"));
      new EmbeddedDatabase(null, url(), "emporion", 16, null).compact(this);
      assertEquals(7, number(database, "select n from counter"), "who is not alone is left alone");
    }
  }
}
