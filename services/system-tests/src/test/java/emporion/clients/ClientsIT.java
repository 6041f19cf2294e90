package emporion.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.tour.Python;
import emporion.tour.RunningShop;
import emporion.tour.Shop;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's tour with each of the generated clients. */
@Order(20)
@ExtendWith(RunningShop.class)
class ClientsIT {
  private final Shop shop;

  ClientsIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void typescript() {
    assumeTrue(Python.answers(List.of("node", "--version")), "node is not installed");
    var client = Shop.root("api-specs/clients/typescript");
    assumeTrue(
        Files.exists(client.resolve("target/emporion-client/dist/index.js")),
        "the TypeScript client is not compiled: npm ci --prefix api-specs, and build again");
    var script = client.resolve("example/tour.mjs").toString();
    assertTrue(tour(List.of("node", script)).contains("the mail about it"));
  }

  @Test
  void python() {
    var client = Shop.root("api-specs/clients/python");
    var python =
        Python.with(
            "pydantic, urllib3, dateutil", "python3-pydantic python3-urllib3 python3-dateutil");
    var script = client.resolve("example/tour.py").toString();
    assertTrue(tour(List.of(python.command(), script)).contains("the mail about it"));
  }

  private String tour(List<String> command) {
    var settings = new HashMap<>(shop.credentials());
    settings.put(
        "PYTHONPATH", Shop.root("api-specs/clients/python/target/emporion-client").toString());
    var words = new ArrayList<>(command);
    words.add(shop.uri().toString());
    return Python.command(settings, words).succeeded().output();
  }
}
