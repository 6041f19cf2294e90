package emporion.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.tour.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Prometheus that reads the metrics of a shop, with the settings that the shop's own has. */
final class Scraper implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Http api;

  private Scraper(Process process, Http api) {
    this.process = process;
    this.api = api;
  }

  /** Begins with no data, and has read each process once. */
  static Scraper of(Shop shop) throws IOException {
    var folder = Files.createTempDirectory(Path.of("target"), "prometheus").toAbsolutePath();
    var settings = folder.resolve("prometheus.yml");
    Files.writeString(settings, shop.prometheusSettings(INTERVAL));
    var process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + settings,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + shop.prometheusPort())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("log").toFile()))
            .start();
    var scraper =
        new Scraper(process, Http.to(URI.create("http://127.0.0.1:" + shop.prometheusPort())));
    try {
      await("each process is read").atMost(PATIENCE).until(() -> scraper.reads(shop.services()));
      return scraper;
    } catch (RuntimeException | AssertionError e) {
      scraper.close();
      throw e;
    }
  }

  private boolean reads(Stream<String> services) {
    try {
      return api.get("/-/ready").status() == 200
          && services.allMatch(name -> !values("up{job=\"%s\"} == 1".formatted(name)).isEmpty());
    } catch (UncheckedIOException e) {
      return false; // it does not listen yet
    }
  }

  /** What an expression comes to now, without what is no number. */
  List<Double> values(String expression) {
    var result = data("/api/v1/query?query=" + encoded(expression)).get("result");
    return stream(result)
        .map(sample -> Double.parseDouble(sample.at("/value/1").asText()))
        .filter(value -> !value.isNaN())
        .toList();
  }

  /** The values of a label of some metrics. */
  List<String> labels(String label, String selector) {
    var path = "/api/v1/label/%s/values?match[]=%s".formatted(label, encoded(selector));
    return stream(data(path.replace("[]", "%5B%5D"))).map(JsonNode::asText).toList();
  }

  /** The rules as it knows them, with what came of their last evaluation. */
  List<JsonNode> rules() {
    return stream(data("/api/v1/rules").get("groups"))
        .flatMap(group -> stream(group.get("rules")))
        .toList();
  }

  private JsonNode data(String path) {
    var answer = api.get(path);
    assertEquals(200, answer.status(), () -> path + ": " + answer.body());
    return answer.at("/data");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
