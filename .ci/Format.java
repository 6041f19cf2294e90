import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Checks the layout of every Java source of the project, or with {@code --fix} sets it right.
 * google-java-format runs on the JDK whose language it reads, so it is started by the build with
 * the JDK 25 and not inside of Maven, which may run on an older one.
 */
class Format {
  public static void main(String[] arguments) throws IOException {
    boolean fix = List.of(arguments).contains("--fix");
    var call = new ArrayList<>(fix ? List.of("-i") : List.of("-n", "--set-exit-if-changed"));
    for (var root : List.of(".ci", "api-specs", "env/local/src", "helm", "services")) {
      try (var files = Files.walk(Path.of(root))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.toString().contains("/target/"))
            .map(Path::toString)
            .forEach(call::add);
      }
    }
    var tool = ToolProvider.findFirst("google-java-format").orElseThrow();
    int result = tool.run(System.out, System.err, call.toArray(String[]::new));
    if (result != 0 && !fix) {
      System.err.println("The files above are not in the project's layout. Set them right with:");
      System.err.println("  mvn -N exec:exec@format -Dformat=--fix");
      System.exit(1);
    }
  }
}
