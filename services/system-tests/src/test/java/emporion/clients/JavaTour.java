package emporion.clients;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import emporion.client.api.ApiException;
import emporion.client.api.IdentityApi;
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
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** What somebody does in the shop who has nothing but the generated client. */
final class JavaTour {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Set<Integer> BUSY = Set.of(429, 503, 504);

  private static final JacksonJsonProvider JSON =
      new JacksonJsonProvider(
          JsonMapper.builder()
              .addModule(new JavaTimeModule())
              .defaultPropertyInclusion(
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build());

  private final URI shop;
  private final String bearer;

  /** Nobody in particular. */
  JavaTour(URI shop) {
    this(shop, null);
  }

  private JavaTour(URI shop, String token) {
    this.shop = shop;
    this.bearer = token == null ? null : "Bearer " + token;
  }

  private <T> T client(Class<T> type) {
    var builder = RestClientBuilder.newBuilder().baseUri(shop).register(JSON);
    if (bearer != null) {
      ClientRequestFilter signed =
          request -> request.getHeaders().putSingle("Authorization", bearer);
      builder.register(signed);
    }
    return builder.build(type);
  }

  JavaTour signIn(String username, String password) throws ApiException {
    var tokens =
        client(IdentityApi.class)
            .issueToken("password", username, password, null, null, null, null);
    return new JavaTour(shop, tokens.getAccessToken());
  }

  UserV2 register(String username, String password) throws ApiException {
    var wanted =
        new UserRequestV2()
            .username(username)
            .emailAddress(username + "@example.org")
            .password(password);
    return client(UsersV2Api.class).registerUserV2(wanted, UUID.randomUUID().toString());
  }

  UserV1 meInVersionOne() throws ApiException {
    return client(UsersV1Api.class).getOwnUserV1(null);
  }

  ProductV2 product(String words) throws ApiException {
    var page =
        client(ProductsV2Api.class)
            .listProductsV2(null, words, null, null, null, null, null, 1, null);
    return page.getItems().getFirst();
  }

  /** Repeats with the same key until the shop has answered, which happens once then. */
  OrderV2 place(ProductV2 product, int quantity, String card) {
    var line = new OrderLineRequestV2().productId(product.getProductId()).quantity(quantity);
    var order =
        new OrderRequestV2().lines(List.of(line)).payment(new OrderPaymentRequestV2().token(card));
    var key = UUID.randomUUID().toString();
    var orders = client(OrdersV2Api.class);
    return ended(answer(() -> orders.placeOrderV2(order, key)));
  }

  OrderV2 callOff(OrderV2 order) {
    return ended(answer(() -> client(OrdersV2Api.class).cancelOrderV2(order.getOrderId())));
  }

  OrderV2 order(UUID id) throws ApiException {
    return client(OrdersV2Api.class).getOrderV2(id, null);
  }

  private OrderV2 ended(OrderV2 order) {
    return await("the order ends")
        .atMost(PATIENCE)
        .until(
            () -> order(order.getOrderId()), now -> now.getStatus() != OrderV2.StatusEnum.PENDING);
  }

  PaymentV2 payment(OrderV2 order) throws ApiException {
    return client(PaymentsV2Api.class)
        .listPaymentsV2(order.getOrderId(), null, null)
        .getItems()
        .getFirst();
  }

  RefundV2 payBack(PaymentV2 payment, long amount, String currency) throws ApiException {
    var wanted =
        new RefundRequestV2().amount(new RefundAmountV2().amount(amount).currency(currency));
    return client(RefundsV2Api.class)
        .refundPaymentV2(payment.getPaymentId(), wanted, UUID.randomUUID().toString());
  }

  List<NotificationV2> mails() throws ApiException {
    return client(NotificationsV2Api.class).listNotificationsV2(null, null, null).getItems();
  }

  private interface Request<T> {
    T send() throws ApiException;
  }

  private static <T> T answer(Request<T> request) {
    return await("an answer in time")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              try {
                return request.send();
              } catch (ApiException | WebApplicationException problem) {
                if (BUSY.contains(status(problem))) {
                  return null;
                }
                throw problem;
              }
            },
            answer -> answer != null);
  }

  /** Jersey wraps what the client's own mapper makes of an answer. */
  static int status(Exception problem) {
    return problem instanceof ApiException answer
        ? answer.getResponse().getStatus()
        : status((ApiException) problem.getCause());
  }
}
