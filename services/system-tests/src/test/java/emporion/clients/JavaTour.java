package emporion.clients;

import static org.awaitility.Awaitility.await;

import emporion.client.api.ApiException;
import emporion.client.api.NotificationsV2Api;
import emporion.client.api.OrdersV2Api;
import emporion.client.api.PaymentsV2Api;
import emporion.client.api.ProductsV2Api;
import emporion.client.api.RefundsV2Api;
import emporion.client.api.UsersV1Api;
import emporion.client.api.UsersV2Api;
import emporion.client.model.NotificationV2;
import emporion.client.model.OrderLineRequestV2;
import emporion.client.model.OrderPaymentRequestV2;
import emporion.client.model.OrderRequestV2;
import emporion.client.model.OrderV2;
import emporion.client.model.PaymentV2;
import emporion.client.model.ProductV2;
import emporion.client.model.RefundAmountV2;
import emporion.client.model.RefundRequestV2;
import emporion.client.model.RefundV2;
import emporion.client.model.UserRequestV2;
import emporion.client.model.UserV1;
import emporion.client.model.UserV2;
import emporion.tour.Client;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What somebody does in the shop who has nothing but the generated client, mostly in version 2.
 *
 * @param client asks as that person
 */
record JavaTour(Client client) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  JavaTour signIn(String username, String password) {
    return new JavaTour(client.signIn(username, password));
  }

  UserV2 register(String username, String password) {
    var wanted =
        new UserRequestV2()
            .username(username)
            .emailAddress(username + "@example.org")
            .password(password);
    return client.ask(UsersV2Api.class, api -> api.registerUserV2(wanted, username));
  }

  UserV1 meInVersionOne() {
    return client.ask(UsersV1Api.class, api -> api.getOwnUserV1(null));
  }

  ProductV2 product(String words) {
    return client
        .ask(
            ProductsV2Api.class,
            api -> api.listProductsV2(null, words, null, null, null, null, null, 1, null))
        .getItems()
        .getFirst();
  }

  OrderV2 place(ProductV2 product, int quantity, String card) {
    var line = new OrderLineRequestV2().productId(product.getProductId()).quantity(quantity);
    var order =
        new OrderRequestV2().lines(List.of(line)).payment(new OrderPaymentRequestV2().token(card));
    var key = UUID.randomUUID().toString();
    return ended(client.ask(OrdersV2Api.class, api -> api.placeOrderV2(order, key)));
  }

  OrderV2 callOff(OrderV2 order) {
    return ended(client.ask(OrdersV2Api.class, api -> api.cancelOrderV2(order.getOrderId())));
  }

  private OrderV2 ended(OrderV2 order) {
    return await("the order ends")
        .atMost(PATIENCE)
        .until(
            () -> order(order.getOrderId()), now -> now.getStatus() != OrderV2.StatusEnum.PENDING);
  }

  OrderV2 order(UUID id) throws ApiException {
    return client.once(OrdersV2Api.class, api -> api.getOrderV2(id, null));
  }

  PaymentV2 payment(OrderV2 order) {
    return client
        .ask(PaymentsV2Api.class, api -> api.listPaymentsV2(order.getOrderId(), null, null))
        .getItems()
        .getFirst();
  }

  RefundV2 payBack(PaymentV2 payment, long amount, String currency) {
    var wanted =
        new RefundRequestV2().amount(new RefundAmountV2().amount(amount).currency(currency));
    var key = UUID.randomUUID().toString();
    return client.ask(
        RefundsV2Api.class, api -> api.refundPaymentV2(payment.getPaymentId(), wanted, key));
  }

  List<NotificationV2> mails() {
    return client
        .ask(NotificationsV2Api.class, api -> api.listNotificationsV2(null, null, null))
        .getItems();
  }
}
