package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files with a NAME=value on each line. */
public final class Pairs {
  private Pairs() {}

  /** The pairs of a file; none where there is no such file. */
  public static Map<String, String> read(Path file) {
    var pairs = new LinkedHashMap<String, String>();
    if (Files.exists(file)) {
      try (var lines = Files.lines(file)) {
        lines
            .filter(line -> !line.startsWith("#") && line.contains("="))
            .map(line -> line.split("=", 2))
            .forEach(pair -> pairs.put(pair[0], pair[1]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return pairs;
  }
}
