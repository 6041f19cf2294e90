package emporion.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import emporion.client.api.ApiException;
import emporion.client.model.CancellationV2;
import emporion.client.model.NotificationV2;
import emporion.client.model.OrderV2;
import emporion.tour.Client;
import emporion.tour.Python;
import emporion.tour.RunningShop;
import emporion.tour.Script;
import emporion.tour.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's tour with each of the generated clients. */
@Order(20)
@ExtendWith(RunningShop.class)
class ClientsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Path PYTHON_CLIENT = Shop.root("api-specs/clients/python");
  private static final String CLIENT_NEEDS =
      "import urllib3, dateutil, typing_extensions, pydantic; "
          + "assert (2, 11) <= tuple(map(int, pydantic.VERSION.split('.')[:2])) < (3,)";

  private final Shop shop;

  ClientsIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void java() throws ApiException {
    var visitor = new JavaTour(new Client(shop.uri()));
    var product = visitor.product("olive");
    var name = "java-" + UUID.randomUUID().toString().substring(0, 13);
    var user = visitor.register(name, "a long password");
    var me = visitor.signIn(name, "a long password");
    assertEquals(user.getUserId(), me.meInVersionOne().getId());

    var order = me.place(product, 2, "tok_visa");
    assertEquals(OrderV2.StatusEnum.CONFIRMED, order.getStatus(), order::toString);
    var total = order.getTotals().getTotal();
    assertEquals(2 * product.getPrice().getAmount(), total.getAmount());
    assertEquals("confirm", me.order(order.getOrderId()).getTimeline().getLast().getStep());

    var declined = me.place(product, 1, "tok_visa_declined");
    assertEquals(
        CancellationV2.ReasonEnum.PAYMENT_DECLINED, declined.getCancellation().getReason());
    var tooMany = me.place(product, 9_999, "tok_visa");
    assertEquals(CancellationV2.ReasonEnum.OUT_OF_STOCK, tooMany.getCancellation().getReason());
    var calledOff = me.callOff(me.place(product, 1, "tok_visa"));
    assertEquals(OrderV2.StatusEnum.CANCELLED, calledOff.getStatus());
    var missing = assertThrows(Exception.class, () -> me.order(UUID.randomUUID()));
    assertEquals(404, Client.status(missing));

    var known = shop.credentials();
    var admin = visitor.signIn(known.get("ADMIN_USERNAME"), known.get("ADMIN_PASSWORD"));
    var refund = admin.payBack(me.payment(order), 100, total.getCurrency());
    assertEquals(100, refund.getAmount().getAmount());
    await("the mail about it")
        .atMost(PATIENCE)
        .until(
            () ->
                me.mails().stream()
                    .anyMatch(mail -> mail.getKind() == NotificationV2.KindEnum.ORDER_CONFIRMED));
  }

  @Test
  void typescript() {
    assumeTrue(Script.isInstalled("node"), "node is not installed");
    var client = Shop.root("api-specs/clients/typescript");
    assumeTrue(
        Files.exists(client.resolve("target/emporion-client/dist/index.js")),
        "the TypeScript client is not compiled: npm ci --prefix api-specs, and build again");
    var script = client.resolve("example/tour.mjs").toString();
    assertTrue(tour(List.of("node", script)).contains("the mail about it"));
  }

  /** With each interpreter that has what the client needs, since each has versions of its own. */
  @TestFactory
  Stream<DynamicTest> python() {
    var script = PYTHON_CLIENT.resolve("example/tour.py").toString();
    return Python.all(CLIENT_NEEDS, "pydantic 2.11, urllib3 and python-dateutil").stream()
        .map(
            python ->
                dynamicTest(
                    python.command(),
                    () ->
                        assertTrue(
                            tour(List.of(python.command(), script))
                                .contains("the mail about it"))));
  }

  /** What the client says of its types is what its users' checkers go by. */
  @Test
  void pythonTypes() {
    var pyright = Shop.root("api-specs/node_modules/.bin/pyright");
    assumeTrue(
        Script.isInstalled("node") && Files.exists(pyright),
        "pyright is not installed: npm ci --prefix api-specs");
    var python = Python.all(CLIENT_NEEDS, "pydantic 2.11, urllib3 and python-dateutil").getFirst();
    Python.command(
            Map.of(),
            List.of(
                pyright.toString(),
                "--project",
                PYTHON_CLIENT.toString(),
                "--pythonpath",
                python.command()))
        .succeeded();
  }

  private String tour(List<String> command) {
    var settings = new HashMap<>(shop.credentials());
    settings.put("PYTHONPATH", PYTHON_CLIENT.resolve("target/emporion-client").toString());
    var words = new ArrayList<>(command);
    words.add(shop.uri().toString());
    return Python.command(settings, words).succeeded().output();
  }
}
