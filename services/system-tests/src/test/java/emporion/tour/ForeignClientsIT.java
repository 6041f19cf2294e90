package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that share not a line with the shop: Python, with the libraries that Debian ships. */
@Order(7)
@ExtendWith(RunningShop.class)
class ForeignClientsIT {
  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
  private static final Path STUBS = Path.of("target/python").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Shop shop;

  ForeignClientsIT(Shop shop) {
    this.shop = shop;
  }

  @BeforeAll
  static void makeFolder() throws IOException {
    Files.createDirectories(STUBS);
  }

  // --- gRPC ------------------------------------------------------------------------------------

  @Test
  void pythonReadsAUserOverGrpc() {
    var shopper = shop.newShopper();
    var user = ask(shopper.id(), shopper.http().token());
    assertEquals("OK", user.at("/code").asText(), user::toString);
    assertEquals(shopper.id().toString(), user.at("/user/id").asText());
    assertEquals(shopper.name(), user.at("/user/username").asText());
    assertEquals(shopper.email(), user.at("/user/email").asText());
  }

  @Test
  void pythonIsToldThatAUserDoesNotExist() {
    var answer = ask(UUID.randomUUID(), shop.admin().token());
    assertEquals("NOT_FOUND", answer.at("/code").asText(), answer::toString);
  }

  @Test
  void pythonIsToldThatItNeedsAToken() {
    var answer = ask(shop.newShopper().id(), "");
    assertEquals("UNAUTHENTICATED", answer.at("/code").asText(), answer::toString);
  }

  private JsonNode ask(UUID id, String token) {
    var python = pythonWith("grpc, google.protobuf", "python3-grpcio and python3-protobuf");
    assumeTrue(
        answers(List.of("protoc", "--version")), "protoc is missing: install protobuf-compiler");
    run(
        Map.of(),
        List.of(
            "protoc",
            "--proto_path=" + Shop.root("api-specs/proto"),
            "--python_out=" + STUBS,
            "user/v1/user.proto"));
    var script = SCRIPTS.resolve("get_user.py").toString();
    var target = "127.0.0.1:" + shop.grpcPort();
    var environment = Map.of("PYTHONPATH", STUBS.toString(), "TOKEN", token);
    return json(run(environment, List.of(python, script, target, id.toString())));
  }

  // --- AMQP ------------------------------------------------------------------------------------

  @Test
  void pythonReadsOrdersFromTheDurableQueue() {
    var python = pythonWith("pika", "python3-pika");
    var shelf = Shelf.with(shop, 5);
    var shopper = shop.newShopper();
    var placed = shopper.order("tok_visa", shelf.line(2));
    var orderId = placed.text("/order_id");
    var script = SCRIPTS.resolve("order_created.py").toString();
    var uri = "amqp://guest:guest@127.0.0.1:" + shop.port("broker") + "/";

    var order = json(run(Map.of(), List.of(python, script, uri, orderId)));
    assertEquals(orderId, order.at("/order_id").asText(), order::toString);
    assertEquals(shopper.id().toString(), order.at("/user_id").asText(), order::toString);
    assertEquals(placed.at("/total"), order.at("/total"), order::toString);
    assertEquals(shelf.productId(), order.at("/items/0/product_id").asText(), order::toString);
    assertEquals(2, order.at("/items/0/quantity").asInt(), order::toString);
  }

  // --- Python ----------------------------------------------------------------------------------

  /** Debian's own Python first: another one on the path does not see Debian's packages. */
  private static String pythonWith(String modules, String packages) {
    var python =
        Stream.of("/usr/bin/python3", "python3")
            .filter(candidate -> answers(List.of(candidate, "-c", "import " + modules)))
            .findFirst();
    assumeTrue(python.isPresent(), "Python can't import " + modules + ": install " + packages);
    return python.orElseThrow();
  }

  private static boolean answers(List<String> command) {
    try {
      return Script.run(SCRIPTS, Map.of(), PATIENCE, command).code() == 0;
    } catch (UncheckedIOException e) {
      return false; // there is no such command
    }
  }

  private static String run(Map<String, String> environment, List<String> command) {
    return Script.run(SCRIPTS, environment, PATIENCE, command).succeeded().output();
  }

  /** The last line: what comes before is a library's talk. */
  private static JsonNode json(String output) {
    try {
      var lines = new ArrayList<>(output.lines().toList());
      assertTrue(!lines.isEmpty(), "Python said nothing");
      return new ObjectMapper().readTree(lines.getLast());
    } catch (IOException e) {
      throw new AssertionError(output, e);
    }
  }
}
