package emporion.chassis.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import javax.sql.DataSource;

/**
 * The file of an H2, whose schema changes one statement at a time: unlike PostgreSQL, it can't take
 * back half a migration. So a copy stands beside the file for as long as one runs, and a start that
 * finds the copy goes on from there: whoever ended the process meanwhile, in between nobody has
 * written anything else.
 *
 * @param path of the file itself
 */
record DatabaseFile(Path path) {
  private static final Pattern URL = Pattern.compile("jdbc:h2:retry:([^;]+).*");

  /** The file that a JDBC URL names; empty where it names none of an H2. */
  static Optional<DatabaseFile> of(String url) {
    var found = URL.matcher(url);
    return found.matches()
        ? Optional.of(new DatabaseFile(Path.of(found.group(1) + ".mv.db")))
        : Optional.empty();
  }

  /** Runs a migration so that it happens as a whole or, after the next start, not at all. */
  void whole(DataSource database, Runnable migration) {
    try {
      copy(database);
      migration.run();
      Files.delete(copy());
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("No copy of " + path + " can be kept while it changes", e);
    }
  }

  private void copy(DataSource database) throws IOException, SQLException {
    var unfinished = beside(".copy.new");
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement("backup to ?")) {
      statement.setString(1, unfinished.toString());
      statement.execute();
    }
    Files.move(unfinished, copy(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Puts the copy in the place of the file that a migration was changing when its process ended. To
   * be called before anybody opens the file.
   *
   * @return whether there was one
   */
  boolean restore() throws IOException {
    if (!Files.exists(copy())) {
      return false;
    }
    var restored = beside(".restored");
    try (var zip = new ZipFile(copy().toFile());
        var content = zip.getInputStream(zip.entries().nextElement())) {
      Files.copy(content, restored, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(restored, path, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(copy());
    return true;
  }

  private Path copy() {
    return beside(".copy.zip");
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }
}
