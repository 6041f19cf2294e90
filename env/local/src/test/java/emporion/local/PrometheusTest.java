package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusTest {
  private static final Path RULES = Path.of("../../helm/emporion/rules").toAbsolutePath();

  @TempDir private Path folder;

  private String settings(Path rules) {
    var instances = new Project(folder).local().services().instances(Map.of("books", 2));
    return Prometheus.settings(instances, rules, Duration.ofSeconds(5));
  }

  @Test
  void eachServiceIsAJobOfItsName() {
    var jobs =
        settings(RULES)
            .lines()
            .filter(line -> line.contains("job_name") || line.contains("targets"))
            .map(String::strip)
            .toList();

    assertEquals(
        List.of(
            "- job_name: broker",
            "- targets: ['127.0.0.1:9672']",
            "- job_name: books",
            "- targets: ['127.0.0.1:9181', '127.0.0.1:9191']",
            "- job_name: shelves",
            "- targets: ['127.0.0.1:9182']",
            "- job_name: gateway",
            "- targets: ['127.0.0.1:9080']"),
        jobs);
  }

  @Test
  void prometheusTakesThemWithTheChartsRules() throws Exception {
    assertEquals("", complaint(RULES));
  }

  @Test
  void alsoFromAFolderWithAnApostrophe() throws Exception {
    assumeTrue(
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode("é"),
        "file names are ASCII alone in this locale");
    var odd = folder.resolve("l'été");
    Folders.create(odd);
    Folders.write(odd.resolve("none.yaml"), "groups: []\n");

    assertEquals("", complaint(odd));
  }

  private String complaint(Path rules) throws Exception {
    assumeTrue(Place.program("promtool").isPresent(), "promtool is not installed");
    var file = folder.resolve("prometheus.yml");
    Folders.write(file, settings(rules));
    var process =
        new ProcessBuilder("promtool", "check", "config", file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes());
    assertTrue(said.contains("rule"), said);
    return process.waitFor() == 0 ? "" : said;
  }
}
