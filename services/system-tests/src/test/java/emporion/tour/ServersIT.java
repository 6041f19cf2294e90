package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.client.model.OrderV1.StatusEnum;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A shop on PostgreSQL and RabbitMQ that Prometheus and Zipkin watch, and the sudden death of all
 * four. It stands before all others, so that no second shop runs beside it.
 */
@Order(0)
@Tag("nightly")
class ServersIT {
  private static final List<String> SERVERS =
      List.of("postgres", "rabbitmq", "prometheus", "zipkin");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path RABBITMQ = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  @Test
  void whatWasPlacedOutlivesTheDeathOfDatabaseAndBroker() {
    assumeTrue(Files.isExecutable(RABBITMQ), "RabbitMQ is missing: install rabbitmq-server");
    assumeTrue(Script.isInstalled("prometheus"), "Prometheus is missing: install prometheus");
    var python = Python.with("pika", "python3-pika");
    var flags = new String[] {"--database", "postgres", "--broker", "rabbitmq", "--observe"};
    var shop = new Shop("shop-on-servers", self -> Map.of(), flags);
    try {
      survives(shop, python);
      leavesNothing(shop);
    } finally {
      shop.close();
    }
  }

  private static void survives(Shop shop, Python python) {
    var shelf = Shelf.with(shop, 10);
    var shopper = shop.newShopper();
    var settled = shopper.order("tok_visa", shelf.line(1)).text("/order_id");
    var order = shopper.ended(settled);
    assertEquals(StatusEnum.CONFIRMED, order.getStatus(), order::toString);
    assertEquals(settled, id(python.ordersUpTo(settled, shop).getLast()));

    var underWay = shopper.order("tok_slow", shelf.line(2)).text("/order_id");
    kill(shop);
    var up = shop.up("--detach").succeeded();
    SERVERS.forEach(server -> assertTrue(up.output().contains(server + " "), up::toString));

    assertEquals(order, shopper.order(settled));
    assertEquals(StatusEnum.CONFIRMED, shopper.ended(underWay).getStatus());
    var later = shopper.order("tok_visa", shelf.line(3)).text("/order_id");
    assertEquals(StatusEnum.CONFIRMED, shopper.ended(later).getStatus());
    assertEquals(4, shelf.settled().onHand());
    var told = python.ordersUpTo(later, shop).stream().map(ServersIT::id).distinct().toList();
    assertEquals(List.of(underWay, later), told);
    isSeen(later, shop);
  }

  private static void isSeen(String orderId, Shop shop) {
    var zipkin = Http.to(URI.create("http://127.0.0.1:" + shop.zipkinPort()));
    await("the order's trace")
        .atMost(PATIENCE)
        .until(
            () ->
                zipkin
                    .get("/api/v2/traces?annotationQuery=order.id%3D" + orderId)
                    .body()
                    .contains("notification-service"));
    var prometheus = Http.to(URI.create("http://127.0.0.1:" + shop.prometheusPort()));
    await("metrics of all")
        .atMost(PATIENCE)
        .until(
            () -> prometheus.get("/api/v1/query?query=count(up==1)").text("/data/result/0/value/1"),
            Long.toString(shop.services().count())::equals);
  }

  private static String id(JsonNode order) {
    return order.at("/order_id").asText();
  }

  private static void kill(Shop shop) {
    var servers = SERVERS.stream().map(shop::process).toList();
    servers.forEach(ProcessHandle::destroyForcibly);
    await("all are dead").until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static void leavesNothing(Shop shop) {
    var processes =
        Stream.concat(SERVERS.stream(), Stream.of("epmd"))
            .map(shop::process)
            .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
            .toList();
    shop.down().succeeded();
    await("the servers are gone").until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertEquals(List.of(), shop.openPorts());
  }
}
