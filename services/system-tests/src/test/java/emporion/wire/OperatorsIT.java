package emporion.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporion.chassis.testkit.Exposed;
import emporion.chassis.testkit.Http;
import emporion.tour.RunningShop;
import emporion.tour.Shop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each process says to machines: its metrics and its log. */
@Order(98)
@ExtendWith(RunningShop.class)
class OperatorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OPEN_METRICS =
      Pattern.compile(
          "# (HELP|TYPE|UNIT) [a-z_:][a-z0-9_:]*( .*)?|# EOF"
              + "|[a-z_:][a-z0-9_:]*(\\{([a-zA-Z_]\\w*=\"(\\\\.|[^\"\\\\])*\",?)*})? \\S+( .*)?");

  private final Shop shop;

  OperatorsIT(Shop shop) {
    this.shop = shop;
  }

  private Http management(String process) {
    return Http.to(URI.create("http://127.0.0.1:" + shop.managementPort(process)));
  }

  @TestFactory
  Stream<DynamicTest> prometheusReadsTheMetrics() {
    return shop.services()
        .map(name -> DynamicTest.dynamicTest(name, () -> Exposed.check(management(name))));
  }

  @TestFactory
  Stream<DynamicTest> soDoesWhoWantsOpenMetrics() {
    return shop.services()
        .map(name -> DynamicTest.dynamicTest(name, () -> isOpenMetrics(management(name))));
  }

  private static void isOpenMetrics(Http management) {
    var answer =
        management
            .with("Accept", "application/openmetrics-text; version=1.0.0; charset=utf-8")
            .get("/metrics");
    assertEquals(
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        answer.header("Content-Type"));
    assertTrue(answer.body().endsWith("# EOF\n"), "no end");
    var types = new HashSet<String>();
    for (var line : answer.body().lines().toList()) {
      assertTrue(OPEN_METRICS.matcher(line).matches(), line);
      assertTrue(!line.startsWith("# TYPE ") || types.add(line.split(" ")[2]), line);
    }
  }

  @TestFactory
  Stream<DynamicTest> eachLineOfALogIsJsonWithAMessage() {
    return shop.services()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertEquals(List.of(), badLines(name))));
  }

  private List<String> badLines(String process) throws IOException {
    try (var lines = Files.lines(shop.data().resolve("logs/" + process + ".log"))) {
      return lines.filter(line -> !hasMessage(line)).limit(3).toList();
    }
  }

  private static boolean hasMessage(String line) {
    try {
      var entry = JSON.readTree(line);
      return !entry.path("message").asText().isBlank() && entry.hasNonNull("level");
    } catch (IOException e) {
      return false;
    }
  }
}
