package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.client.model.OrderV1.StatusEnum;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What still works while a service is away, as the table of the services' README has it; {@link
 * OutageIT} has the mails.
 */
@Order(8)
@ExtendWith(RunningShop.class)
class AbsenceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Shop shop;
  private Shopper shopper;
  private Shelf shelf;
  private String bought;

  AbsenceIT(Shop shop) {
    this.shop = shop;
  }

  @BeforeEach
  void buy() {
    shopper = shop.newShopper();
    shelf = Shelf.with(shop, 5);
    bought = shopper.order("tok_visa", shelf.line(1)).text("/order_id");
    assertEquals(StatusEnum.CONFIRMED, shopper.ended(bought).getStatus());
  }

  /** Whatever came of a test, the next ones find a whole shop. */
  @AfterEach
  void mend() {
    shop.up("--detach").succeeded();
  }

  private Answer order() {
    return shopper.order(UUID.randomUUID().toString(), "tok_visa", shelf.line(1));
  }

  private void browses() {
    for (var path : List.of("/v1/products?limit=1", "/v1/categories")) {
      var page = shop.anybody().get(path);
      assertEquals(200, page.status(), page::toString);
    }
  }

  private static void asksForAPause(Answer answer) {
    assertEquals(503, answer.status(), answer::toString);
    assertFalse(answer.problem().isEmpty(), answer::toString);
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0, answer::toString);
  }

  @Test
  void withoutPaymentServiceOneBrowsesAndAnOrderWaits() {
    shop.stop("payment-service");
    browses();
    asksForAPause(shopper.http().get("/v1/payments"));
    var waits = order();
    assertEquals(202, waits.status(), waits::toString);
    assertEquals("pending", waits.text("/status"));

    shop.up("--detach").succeeded();
    var ended = shopper.ended(waits.text("/order_id"));
    boolean inTime = ended.getStatus() == StatusEnum.CONFIRMED;
    assertEquals(inTime ? 3 : 4, shelf.settled().onHand(), ended::toString);
  }

  @Test
  void withoutUserServiceWhoIsSignedInBuys() {
    shop.stop("user-service");
    browses();
    asksForAPause(shop.signIn(shopper.name(), shopper.password()));
    var placed = order();
    assertTrue(List.of(201, 202).contains(placed.status()), placed::toString);
    assertEquals(StatusEnum.CONFIRMED, shopper.ended(placed.text("/order_id")).getStatus());
  }

  @Test
  void withoutProductServiceOrdersAreReadAndNoneIsPlaced() {
    shop.stop("product-service");
    asksForAPause(shop.anybody().get("/v1/products?limit=1"));
    asksForAPause(order());
    assertEquals(
        List.of(UUID.fromString(bought)),
        shopper.orders(null, null).stream().map(order -> order.getOrderId()).toList());
  }

  @Test
  void withoutOrderServiceOneBrowsesAndSeesWhatWasPaid() {
    shop.stop("order-service");
    browses();
    asksForAPause(order());
    asksForAPause(shopper.http().get("/v1/orders"));
    assertEquals(1, shopper.payments(bought).size());
  }

  @Test
  void withoutTheBrokerOneBuysAndIsToldLater() {
    shop.stop("broker");
    var placed = order();
    assertTrue(List.of(201, 202).contains(placed.status()), placed::toString);
    var orderId = placed.text("/order_id");
    assertEquals(StatusEnum.CONFIRMED, shopper.ended(orderId).getStatus());

    shop.up("--detach").succeeded();
    await("the mail about the order of meanwhile")
        .atMost(PATIENCE)
        .until(() -> shop.mails().stream().anyMatch(mail -> mail.contains(orderId)));
    assertEquals(3, shelf.settled().onHand());
  }
}
