package emporion.chassis.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestService;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a stranger makes up, an operator has the same series. */
class SeriesTest {
  private static final TestService SERVICE = RunningChassis.SERVICE;

  private final Http stranger = SERVICE.anonymous();

  @Test
  void methodsThatStrangersMakeUpAreOne() {
    same(10_000, i -> stranger.send("BREW" + i, "/fixture/tea", null));
  }

  @Test
  void pathsThatStrangersMakeUpAreOne() {
    same(10_000, i -> stranger.get("/brew/" + i));
  }

  @Test
  void whatAPathNamesIsNoSeries() {
    same(2_000, i -> assertEquals(200, stranger.get("/fixture/tea" + i).status()));
  }

  @Test
  void headersThatStrangersMakeUpAreNone() {
    same(
        2_000,
        i ->
            stranger
                .with("Accept", "text/x" + i)
                .with("Content-Type", "text/y" + i)
                .with("X-Brew-" + i, "tea")
                .get("/fixture/tea"));
  }

  private static void same(int many, IntConsumer request) {
    request.accept(0);
    var before = series();
    assertTrue(
        before.stream().anyMatch(line -> line.startsWith("http_server_request_duration_seconds")),
        () -> String.join("\n", before));
    IntStream.rangeClosed(1, many).parallel().forEach(request);
    assertEquals(before, series());
  }

  /** Each series of the application's, without its value. */
  private static Set<String> series() {
    var text = SERVICE.management().with("Accept", "text/plain").get("/metrics");
    return List.of(text.body().split("\n")).stream()
        .filter(line -> !line.startsWith("#") && !line.startsWith("jvm_"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }
}
