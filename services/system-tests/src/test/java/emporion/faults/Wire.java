package emporion.faults;

import emporion.tour.Shop;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who calls whom, through a {@link Cable}.
 *
 * @param setting that leads the caller through it
 * @param grpc whether it leads to the port for gRPC
 */
record Wire(String service, String setting, boolean grpc, Cable cable) {
  /** Those that have callers, in the order in which they can be restarted. */
  static final List<String> SERVICES =
      List.of(
          "user-service",
          "product-service",
          "payment-service",
          "order-service",
          "notification-service");

  /** Ports behind the gateway's, for the cables and for second instances. */
  private static final int CABLES = 20;

  static final int REPLICAS = 40;

  private record Route(String name, String service, String setting, boolean grpc) {
    Route(String name, String service, String setting) {
      this(name, service, setting, false);
    }
  }

  private static final List<Route> ROUTES =
      List.of(
          new Route("order-catalogue", "product-service", "EMPORION_CATALOGUE_URI", true),
          new Route("order-product", "product-service", "EMPORION_PRODUCTS_URI"),
          new Route("order-payment", "payment-service", "EMPORION_PAYMENTS_URI"),
          new Route("order-user", "user-service", "EMPORION_USERS_URI", true),
          new Route("token-user", "user-service", "EMPORION_TOKEN_URI"),
          new Route("gateway-user", "user-service", "EMPORION_ROUTES_USER_URI"),
          new Route("gateway-product", "product-service", "EMPORION_ROUTES_PRODUCT_URI"),
          new Route("gateway-order", "order-service", "EMPORION_ROUTES_ORDER_URI"),
          new Route("gateway-payment", "payment-service", "EMPORION_ROUTES_PAYMENT_URI"),
          new Route(
              "gateway-notification", "notification-service", "EMPORION_ROUTES_NOTIFICATION_URI"));

  /** All wires of a shop, by name, whole. */
  static Map<String, Wire> of(Shop shop) throws IOException {
    var wires = new LinkedHashMap<String, Wire>();
    for (var route : ROUTES) {
      var cable = new Cable(shop.port("gateway") + CABLES + wires.size());
      var wire = new Wire(route.service, route.setting, route.grpc, cable);
      wire.lead(shop);
      wires.put(route.name, wire);
    }
    return wires;
  }

  /**
   * Leads to the service, and by turns to its second instances.
   *
   * @param replicas their ports, each with its port for gRPC two behind it
   */
  void lead(Shop shop, int... replicas) {
    var first = grpc ? shop.grpcPort(service) : shop.port(service);
    var others = IntStream.of(replicas).mapToObj(port -> grpc ? port + 2 : port);
    cable.lead(Stream.concat(Stream.of(first), others).toList());
  }

  String uri() {
    return "http://127.0.0.1:" + cable.port();
  }
}
