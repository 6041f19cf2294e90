import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/**
 * Checks the layout of every Java source of the project, or with {@code --fix} sets it right.
 * google-java-format runs on the JDK whose language it reads, so it is started by the build with
 * the JDK 25 and not inside of Maven, which may run on an older one. What was right is not read
 * again, as that takes longer than most modules.
 */
class Format {
  private static final Path TOOL = Path.of("target/tools/google-java-format.jar");
  private static final Path RIGHT = Path.of("target/tools/formatted");

  public static void main(String[] arguments) throws Exception {
    boolean fix = List.of(arguments).contains("--fix");
    var call = new ArrayList<>(fix ? List.of("-i") : List.of("-n", "--set-exit-if-changed"));
    int options = call.size();
    var right = Files.exists(RIGHT) ? Set.copyOf(Files.readAllLines(RIGHT)) : Set.of();
    var sources = sources();
    var sums = sums(sources);
    for (int i = 0; i < sources.size(); i++) {
      if (!right.contains(sums.get(i))) {
        call.add(sources.get(i).toString());
      }
    }
    if (call.size() == options) {
      return;
    }
    var tool = ToolProvider.findFirst("google-java-format").orElseThrow();
    int result = tool.run(System.out, System.err, call.toArray(String[]::new));
    if (result == 0) {
      Files.write(RIGHT, fix ? sums(sources) : sums);
    } else if (!fix) {
      System.err.println("The files above are not in the project's layout. Set them right with:");
      System.err.println("  mvn -N exec:exec@format -Dformat=--fix");
      System.exit(1);
    }
  }

  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    for (var root : List.of(".ci", "api-specs", "env/local/src", "helm", "services")) {
      try (var files = Files.walk(Path.of(root))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.toString().contains("/target/"))
            .forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<String> sums(List<Path> sources) throws Exception {
    var sums = new ArrayList<String>();
    for (var source : sources) {
      sums.add(sum(source));
    }
    return sums;
  }

  /** Of a source and of the tool that finds it right. */
  private static String sum(Path source) throws IOException, GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    digest.update(Long.toString(Files.size(TOOL)).getBytes());
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(source)));
  }
}
