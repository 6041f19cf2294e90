package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.client.api.RefundsV1Api;
import emporion.client.model.NotificationV1;
import emporion.client.model.OrderV1;
import emporion.client.model.PaymentV1;
import emporion.client.model.RefundRequestV1;
import emporion.client.model.RefundV1;
import emporion.client.model.TimelineEntryV1;
import emporion.tour.Shopper.Line;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can happen to an order, as its shopper sees it. */
@Order(3)
@ExtendWith(RunningShop.class)
class OrderingIT {
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Shop shop;
  private final Shopper shopper;

  OrderingIT(Shop shop) {
    this.shop = shop;
    shopper = shop.newShopper();
  }

  // --- the way it should go --------------------------------------------------------------------

  @Test
  void anOrderOfTwoLinesIsConfirmedPaidAndTakenFromTheStock() {
    var first = Shelf.with(shop, 10);
    var second = Shelf.with(shop, 10);
    var answer = shopper.order("tok_visa", first.line(2), second.line(1));
    var order = confirmed(answer);
    long total = 2 * first.price() + second.price();

    assertEquals("/v1/orders/" + id(answer), answer.header("Location"));
    assertEquals(total, order.getTotal().getAmount());
    assertEquals("EUR", order.getTotal().getCurrency());
    assertEquals(2, order.getItems().size());
    assertEquals(List.of("place", "reserve", "charge", "confirm"), steps(order));
    assertEquals(List.of(8L, 9L), List.of(first.available(), second.available()));
    var payment = shopper.payment(id(answer));
    assertEquals(PaymentV1.StatusEnum.CAPTURED, payment.getStatus());
    assertEquals(total, payment.getAmount().getAmount());
  }

  @Test
  void aConfirmedOrderIsMailed() {
    var orderId = id(shopper.order("tok_visa", Shelf.with(shop, 5).line(1)));
    var notification =
        await("the mail about " + orderId)
            .atMost(SOON)
            .until(() -> sent(orderId), found -> found.size() == 1)
            .getFirst();
    assertEquals(NotificationV1.KindEnum.ORDER_CONFIRMED, notification.getKind());
    assertEquals(NotificationV1.ChannelEnum.EMAIL, notification.getChannel());
    await("the file of " + orderId)
        .atMost(SOON)
        .until(() -> shop.mails().stream().filter(this::isMine).anyMatch(m -> m.contains(orderId)));
  }

  private List<NotificationV1> sent(String orderId) {
    return shopper.notifications().stream()
        .filter(n -> UUID.fromString(orderId).equals(n.getOrderId()))
        .filter(n -> n.getStatus() == NotificationV1.StatusEnum.SENT)
        .toList();
  }

  private boolean isMine(String mail) {
    return mail.contains("To: ") && mail.contains(shopper.email());
  }

  @Test
  void aShoppersOrdersAreListedTheNewestFirst() {
    var shelf = Shelf.with(shop, 10);
    var ids =
        IntStream.range(0, 3).mapToObj(i -> id(shopper.order("tok_visa", shelf.line(1)))).toList();
    assertEquals(ids.reversed(), listed());
    var second = shopper.order(ids.get(1)).getCreatedAt();
    assertEquals(List.of(ids.get(2), ids.get(1)), listed(second, null));
    assertEquals(List.of(ids.get(0)), listed(null, second));
  }

  private List<String> listed() {
    return listed(null, null);
  }

  private List<String> listed(OffsetDateTime from, OffsetDateTime to) {
    return shopper.orders(from, to).stream().map(order -> order.getOrderId().toString()).toList();
  }

  // --- the ways it should not ------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> aDeclinedCardCancelsTheOrderAndRestoresTheStock() {
    return Stream.of("tok_visa_declined", "tok_insufficient_funds", "tok_expired_card")
        .map(card -> DynamicTest.dynamicTest(card, () -> declined(card)));
  }

  private void declined(String card) {
    var shelf = Shelf.with(shop, 4);
    var answer = shopper.order(card, shelf.line(3));
    cancelled(answer, OrderV1.ReasonEnum.PAYMENT_DECLINED);
    assertEquals(4, shelf.available());
    assertEquals(PaymentV1.StatusEnum.DECLINED, shopper.payment(id(answer)).getStatus());
  }

  @Test
  void whoAsksForMoreThanThereIsGetsNothing() {
    var plenty = Shelf.with(shop, 100);
    var scarce = Shelf.with(shop, 2);
    var answer = shopper.order("tok_visa", plenty.line(1), scarce.line(3));
    cancelled(answer, OrderV1.ReasonEnum.OUT_OF_STOCK);
    assertEquals(List.of(100L, 2L), List.of(plenty.available(), scarce.available()));
    assertEquals(List.of(), shopper.payments(id(answer)));
  }

  @TestFactory
  Stream<DynamicTest> whatCanNotBeOrderedIsRefusedAndLeavesNoOrder() {
    var shelf = Shelf.with(shop, 5);
    return Stream.of(
            refusal("no such product", "tok_visa", new Line(UUID.randomUUID().toString(), 1)),
            refusal("quantity 0", "tok_visa", shelf.line(0)),
            refusal("quantity -1", "tok_visa", shelf.line(-1)),
            refusal("one product twice", "tok_visa", shelf.line(1), shelf.line(1)),
            refusal("no lines", "tok_visa"),
            refusal("a card's number", "4242424242424242", shelf.line(1)))
        .map(
            refusal ->
                DynamicTest.dynamicTest(
                    refusal.name,
                    () -> {
                      var answer = shopper.order(refusal.card, refusal.lines);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem(), answer::toString);
                      assertEquals(5, shelf.available());
                      assertEquals(List.of(), listed());
                    }));
  }

  private record Refused(String name, String card, Line... lines) {}

  private static Refused refusal(String name, String card, Line... lines) {
    return new Refused(name, card, lines);
  }

  @Test
  void aSlowCardIsAnsweredLaterAndOnce() {
    var shelf = Shelf.with(shop, 5);
    var answer = shopper.order("tok_slow", shelf.line(1));
    assertEquals(202, answer.status(), answer::toString);
    assertEquals("/v1/orders/" + id(answer), answer.header("Location"));
    confirmed(answer);
    assertEquals(PaymentV1.StatusEnum.CAPTURED, shopper.payment(id(answer)).getStatus());
    assertEquals(4, shelf.available());
  }

  // --- second thoughts -------------------------------------------------------------------------

  @Test
  void aCancelledOrderGivesBackMoneyAndStock() {
    var shelf = Shelf.with(shop, 5);
    var orderId = id(shopper.order("tok_visa", shelf.line(5)));
    shopper.ended(orderId);
    assertEquals(0, shelf.available());

    var answer = shopper.http().post("/v1/orders/" + orderId + "/cancel", "");
    assertTrue(List.of(200, 202).contains(answer.status()), answer::toString);
    await("the cancellation")
        .atMost(SOON)
        .until(() -> shopper.order(orderId).getStatus() == OrderV1.StatusEnum.CANCELLED);
    assertEquals(OrderV1.ReasonEnum.CANCELLED_BY_CUSTOMER, shopper.order(orderId).getReason());
    var payment = shopper.payment(orderId);
    assertEquals(PaymentV1.StatusEnum.VOIDED, payment.getStatus(), payment::toString);
    assertEquals(payment.getAmount(), payment.getRefunded(), payment::toString);
    await("the stock").atMost(SOON).until(shelf::available, available -> available == 5);
  }

  @Test
  void anAdminRefundsInPartsButNeverMoreThanWasPaid() {
    var shelf = Shelf.with(shop, 5);
    var orderId = id(shopper.order("tok_visa", shelf.line(2)));
    shopper.ended(orderId);
    var payment = shopper.payment(orderId).getId();
    var refunds = "/v1/payments/" + payment + "/refunds";
    long most = 2 * shelf.price();

    assertEquals(403, shopper.http().post(refunds, "{\"amount\":1}").status());
    assertEquals(1_000, refund(payment, 1_000).getAmount().getAmount());
    assertEquals(500, refund(payment, 500).getAmount().getAmount());
    var tooMuch =
        shop.admin()
            .withKey(UUID.randomUUID().toString())
            .post(refunds, "{\"amount\":" + (most - 1_500 + 1) + "}");
    assertEquals(409, tooMuch.status(), tooMuch::toString);
    assertEquals("refund-exceeds-payment", tooMuch.problem());

    assertEquals(1_500, shopper.payment(orderId).getRefunded().getAmount());
    await("the order knows of the refunds")
        .atMost(SOON)
        .until(
            () -> shopper.order(orderId).getRefunded().getAmount(), refunded -> refunded == 1_500);
  }

  private RefundV1 refund(UUID payment, long amount) {
    var wanted = new RefundRequestV1().amount(amount);
    var key = UUID.randomUUID().toString();
    return shop.keeper().ask(RefundsV1Api.class, api -> api.refundPaymentV1(payment, wanted, key));
  }

  // --- once and only once ----------------------------------------------------------------------

  @Test
  void aRepeatedRequestIsAnsweredWithTheFirstOrder() {
    var shelf = Shelf.with(shop, 5);
    var key = UUID.randomUUID().toString();
    var first = shopper.order(key, "tok_visa", shelf.line(1));
    var second = shopper.order(key, "tok_visa", shelf.line(1));
    assertEquals("", first.header("Idempotent-Replayed"));
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(id(first), id(second)); // 202 and then 201 where the first took its time
    assertEquals(4, shelf.available());
  }

  @Test
  void aKeyWithAnotherRequestIsRefused() {
    var shelf = Shelf.with(shop, 5);
    var key = UUID.randomUUID().toString();
    confirmed(shopper.order(key, "tok_visa", shelf.line(1)));
    var answer = shopper.order(key, "tok_visa", shelf.line(2));
    assertEquals(422, answer.status(), answer::toString);
    assertEquals(4, shelf.available());
  }

  @Test
  void fiftyRequestsWithOneKeyMakeOneOrderAndOneCharge() {
    var shelf = Shelf.with(shop, 200);
    var key = UUID.randomUUID().toString();
    var answers = together(50, () -> shopper.order(key, "tok_visa", shelf.line(2)));
    for (var answer : answers) {
      assertTrue(List.of(201, 202, 409).contains(answer.status()), answer::toString);
    }
    var made = answers.stream().filter(answer -> answer.status() < 300).toList();
    assertEquals(1, made.stream().map(OrderingIT::id).distinct().count());
    assertEquals(1, made.stream().filter(a -> a.header("Idempotent-Replayed").isEmpty()).count());
    confirmed(made.getFirst());
    assertEquals(1, listed().size());
    assertEquals(PaymentV1.StatusEnum.CAPTURED, shopper.payment(id(made.getFirst())).getStatus());
    assertEquals(198, shelf.available());
  }

  private static List<Answer> together(int times, Callable<Answer> request) {
    var ready = new CountDownLatch(times);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, times)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            ready.countDown();
                            ready.await();
                            return request.call();
                          }))
              .toList();
      var all = new ArrayList<Answer>();
      for (var answer : answers) {
        all.add(answer.get());
      }
      return all;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- nobody else's business ------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> anOrderDoesNotExistForAnotherShopper() {
    var orderId = id(shopper.order("tok_visa", Shelf.with(shop, 5).line(1)));
    shopper.ended(orderId);
    var paymentId = shopper.payment(orderId).getId();
    var stranger = shop.newShopper().http();
    return Stream.of(
        DynamicTest.dynamicTest("to read", () -> missing(stranger.get("/v1/orders/" + orderId))),
        DynamicTest.dynamicTest(
            "to cancel", () -> missing(stranger.post("/v1/orders/" + orderId + "/cancel", ""))),
        DynamicTest.dynamicTest("to pay", () -> missing(stranger.get("/v1/payments/" + paymentId))),
        DynamicTest.dynamicTest(
            "to list",
            () ->
                assertEquals(
                    0, stranger.get("/v1/payments?order_id=" + orderId).at("/items").size())));
  }

  private static void missing(Answer answer) {
    assertEquals(404, answer.status(), answer::toString);
    assertEquals("not-found", answer.problem(), answer::toString);
  }

  // --- words of these tests --------------------------------------------------------------------

  private static String id(Answer answer) {
    assertTrue(List.of(201, 202).contains(answer.status()), answer::toString);
    return answer.text("/order_id");
  }

  private OrderV1 confirmed(Answer answer) {
    var order = shopper.ended(id(answer));
    assertEquals(OrderV1.StatusEnum.CONFIRMED, order.getStatus(), order::toString);
    return order;
  }

  private void cancelled(Answer answer, OrderV1.ReasonEnum reason) {
    var order = shopper.ended(id(answer));
    assertEquals(OrderV1.StatusEnum.CANCELLED, order.getStatus(), order::toString);
    assertEquals(reason, order.getReason(), order::toString);
  }

  private static List<String> steps(OrderV1 order) {
    return order.getTimeline().stream().map(TimelineEntryV1::getStep).toList();
  }
}
