package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
  private static final Path STUBS = Path.of("target/python").toAbsolutePath();

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

  @Test
  void pythonReadsProductsOverGrpc() {
    var shelf = Shelf.with(shop, 5);
    var found = products(shelf.productId(), UUID.randomUUID().toString());
    assertEquals("OK", found.at("/code").asText(), found::toString);
    assertEquals(1, found.at("/products").size(), found::toString);
    var read = shop.anybody().get("/v1/products/" + shelf.productId());
    for (var same : List.of("/id", "/name", "/price", "/available")) {
      assertEquals(read.at(same), found.at("/products/0" + same), found::toString);
    }
  }

  @Test
  void pythonIsToldThatAnIdIsNone() {
    var answer = products("17");
    assertEquals("INVALID_ARGUMENT", answer.at("/code").asText(), answer::toString);
  }

  private JsonNode ask(UUID id, String token) {
    return call("user", "get_user.py", Map.of("TOKEN", token), id.toString());
  }

  private JsonNode products(String... ids) {
    return call("product", "get_products.py", Map.of(), ids);
  }

  /** Calls what {@code api-specs/proto} says of a noun, at its service. */
  private JsonNode call(String noun, String script, Map<String, String> more, String... words) {
    var python = Python.with("grpc, google.protobuf", "python3-grpcio and python3-protobuf");
    assumeTrue(Script.isInstalled("protoc"), "protoc is missing: install protobuf-compiler");
    Python.command(
            Map.of(),
            List.of(
                "protoc",
                "--proto_path=" + Shop.root("api-specs/proto"),
                "--python_out=" + STUBS,
                noun + "/v1/" + noun + ".proto"))
        .succeeded();
    var environment = new HashMap<>(more);
    environment.put("PYTHONPATH", STUBS.toString());
    var target = "127.0.0.1:" + shop.grpcPort(noun + "-service");
    var arguments = Stream.concat(Stream.of(target), Stream.of(words)).toArray(String[]::new);
    return python.run(script, environment, arguments).getLast();
  }

  // --- AMQP ------------------------------------------------------------------------------------

  @Test
  void pythonReadsOrdersFromTheDurableQueue() {
    var python = Python.with("pika", "python3-pika");
    var shelf = Shelf.with(shop, 5);
    var shopper = shop.newShopper();
    var placed = shopper.order("tok_visa", shelf.line(2));
    var orderId = placed.text("/order_id");

    var order = python.ordersUpTo(orderId, shop).getLast();
    assertEquals(orderId, order.at("/order_id").asText(), order::toString);
    assertEquals(shopper.id().toString(), order.at("/user_id").asText(), order::toString);
    assertEquals(placed.at("/total"), order.at("/total"), order::toString);
    assertEquals(shelf.productId(), order.at("/items/0/product_id").asText(), order::toString);
    assertEquals(2, order.at("/items/0/quantity").asInt(), order::toString);
  }
}
