package emporion.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The instrument on small numbers, with a shop of its own on each database. */
@Order(1)
@Tag("nightly")
class BenchmarkIT {
  private static final Path JSON = Path.of("target/benchmark/small.json");
  private static final Path SVG = Path.of("target/benchmark/small.svg");

  @Test
  void measuresAShopOfItsOwnFromItsStartToItsEnd() throws Exception {
    Benchmark.measure(
        Options.of(
            List.of(
                "--database", "h2,postgres",
                "--broker", "embedded",
                "--rounds", "1",
                "--warm-up", "60",
                "--orders", "20",
                "--requests", "40",
                "--levels", "1,3",
                "--grown", "200",
                "--json", JSON.toString(),
                "--svg", SVG.toString())));
    var told = new ObjectMapper().readTree(JSON.toFile());
    assertEquals(2, told.at("/findings").size());
    told.at("/findings").forEach(BenchmarkIT::assertComplete);
    assertPostgresTells(told.at("/findings/1"));
    assertTrue(Files.readString(SVG).contains("first 60"));
    assertEquals("", leftovers());
  }

  private static void assertComplete(JsonNode findings) {
    var phases = new ArrayList<String>();
    for (var window : findings.at("/windows")) {
      phases.add(window.at("/work").asText() + " " + window.at("/phase").asText());
      var cpu = window.at("/each/cpu");
      assertEquals(0, window.at("/failures").size(), window::toString);
      assertTrue(cpu.has("order-service") && cpu.has("gateway"), window::toString);
      assertTrue(window.at("/p50Millis").asDouble() > 0, window::toString);
    }
    assertEquals(
        List.of(
            "ORDER first 60",
            "ORDER warm",
            "USER warm",
            "GATEWAY warm",
            "PRODUCTS warm",
            "TIMELINE warm",
            "ORDER connections",
            "ORDER connections",
            "ORDER half of the most"),
        phases);
    assertTrue(findings.at("/starts/all").asDouble() > 0, findings::toString);
    assertTrue(
        findings.at("/memory").at("/after the load").at("/order-service").asLong() > 10_000_000,
        findings::toString);
  }

  private static void assertPostgresTells(JsonNode findings) {
    var order = findings.at("/windows/0/each");
    assertTrue(order.at("/cpu").has("postgres"), order::toString);
    assertTrue(order.at("/counts/transactions that write").asDouble() > 3, order::toString);
    assertTrue(order.at("/counts/rows written order_service").asDouble() > 3, order::toString);
    var statements = findings.at("/statements/order_service");
    assertEquals(
        1,
        statements.properties().stream()
            .filter(it -> it.getKey().startsWith("insert into orders"))
            .mapToDouble(it -> it.getValue().asDouble())
            .sum());
    assertTrue(findings.at("/lists").size() > 20, findings::toString);
  }

  /** What it has started and not ended. */
  private static String leftovers() throws IOException {
    var left = new StringBuilder();
    for (var database : List.of("h2", "postgres")) {
      var run = Path.of("target/benchmark-" + database + "/env/local/data/run");
      try (var pids = Files.newDirectoryStream(run, "*.pid")) {
        pids.forEach(file -> left.append(file).append(' '));
      }
    }
    return left.toString();
  }
}
