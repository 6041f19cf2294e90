package emporion.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where things lie.
 *
 * @param root the project
 * @param home the folder of the shop: the project too, or another one's ({@code LOCAL_HOME}), which
 *     makes a second shop beside the first
 */
public record Place(Path root, Path home) {
  private static final String HARMLESS = "([A-Za-z]:)?[A-Za-z0-9._/+@~-]*";

  /** Of the shop that the environment's settings choose. */
  static Place of(Path root, Map<String, String> environment) {
    try {
      var project = root.toRealPath();
      var home = environment.getOrDefault("LOCAL_HOME", "");
      return new Place(
          project, home.isEmpty() ? project : Files.createDirectories(Path.of(home)).toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that the shop leaves behind, and what is its owner's business alone. */
  public Path data() {
    return home.resolve("env/local/data");
  }

  /** What runs, by pid. */
  Path run() {
    return data().resolve("run");
  }

  Path logs() {
    return data().resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** A file beside {@code up}. */
  Path local(String file) {
    return root.resolve("env/local").resolve(file);
  }

  /** The jar of a service. */
  Path jar(String service) {
    return root.resolve("services").resolve(service).resolve("target").resolve(service + ".jar");
  }

  /**
   * Whether the project's path has blanks or the like in it. Helidon 4.1 can't read {@code
   * persistence.xml} from a jar there: it takes a decoded path for a URI.
   */
  boolean isOdd() {
    return !root.toString().replace(File.separatorChar, '/').matches(HARMLESS);
  }

  /** A file as somebody in the current directory would write it. */
  static String shown(Path file) {
    var here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
  }

  /** A program on the path. */
  static Optional<Path> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
