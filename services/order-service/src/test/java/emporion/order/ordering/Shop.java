package emporion.order.ordering;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestService;
import java.util.Map;
import java.util.UUID;

/** The service and its neighbours, started once for all tests. */
final class Shop {
  static final Neighbourhood NEIGHBOURS = new Neighbourhood();
  static final Users USERS = new Users();
  static final TestService SERVICE =
      TestService.running(
          Map.of(
              "emporion.products.uri",
              NEIGHBOURS.uri(),
              "emporion.payments.uri",
              NEIGHBOURS.uri(),
              "emporion.users.uri",
              USERS.uri(),
              "emporion.order.patience",
              "PT20S",
              "emporion.order.recovery.pause",
              "PT0.05S"));

  private Shop() {}

  static Http shopper() {
    return SERVICE.user("shopper");
  }

  static String product() {
    return UUID.randomUUID().toString().replaceFirst("^.{8}", "12345678");
  }

  static String order(int quantity) {
    return order(product(), Integer.toString(quantity));
  }

  static String order(String product, String quantity) {
    return """
    {"items":[{"product_id":"%s","quantity":%s}],"payment":{"token":"tok_visa"}}\
    """
        .formatted(product, quantity);
  }
}
