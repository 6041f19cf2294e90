package emporion.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.tour.RunningShop;
import emporion.tour.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever comes in at any port, what goes out is HTTP as the RFCs have it, a problem where it is a
 * refusal, and never a word about the inside. A plain build asks little, and always the same;
 * {@code mvn verify -Dit.test=WireIT -Drequests=5000 -Dseed=$RANDOM} asks more.
 */
@Order(80)
@ExtendWith(RunningShop.class)
class WireIT {
  private static final int REQUESTS = Integer.getInteger("requests", 150);
  private static final int SHOWN = 10;
  private static final String NOTHING = "/v1/nothing";
  private static final String ID = "/0190163d-8694-739b-aea5-966c26f8ad91";

  private static final Map<String, List<String>> PATHS =
      Map.of(
          "user-service",
          List.of(
              "/v1/users",
              "/v2/users/me",
              "/v1/users" + ID,
              "/token",
              "/token/revoke",
              "/.well-known/jwks.json",
              "/v2/password-resets",
              NOTHING),
          "product-service",
          List.of(
              "/v1/products",
              "/v2/products" + ID,
              "/v1/products/imports",
              "/v1/categories",
              "/v1/stock" + ID + "/adjustments",
              "/v1/reservations" + ID,
              NOTHING),
          "order-service",
          List.of(
              "/v1/orders",
              "/v2/orders",
              "/v1/orders" + ID + "/cancel",
              "/v1/admin/orders",
              "/v1/admin/sagas" + ID + "/retry",
              NOTHING),
          "payment-service",
          List.of("/v1/payments", "/v2/payments" + ID + "/refunds", "/v1/charges" + ID, NOTHING),
          "notification-service",
          List.of("/v1/notifications", "/v2/notifications" + ID, NOTHING),
          "storefront",
          List.of("/", "/js/http.js", "/docs", "/nothing"),
          "gateway",
          List.of(
              "/",
              "/v1/products",
              "/v2/orders",
              "/v1/users/me",
              "/token",
              "/v1/payments",
              "/v2/notifications",
              "/v1/stock" + ID,
              "/openapi",
              NOTHING),
          "broker",
          List.of());

  private static final List<String> FOR_OPERATORS =
      List.of(
          "/health", "/health/live", "/health/ready", "/health/started", "/metrics", "/nothing");

  private final Shop shop;

  WireIT(Shop shop) {
    this.shop = shop;
  }

  private Stream<Place> places() {
    var places = new ArrayList<Place>();
    PATHS.forEach(
        (process, paths) -> {
          if (!paths.isEmpty()) {
            places.add(new Place(process, shop.port(process), paths));
          }
          places.add(
              new Place(process + " for operators", shop.managementPort(process), FOR_OPERATORS));
        });
    return places.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerIsAsItShouldBe() {
    long seed = Long.getLong("seed", 1);
    var token = shop.appoint(shop.newShopper(), "shopper").token();
    return places()
        .map(place -> DynamicTest.dynamicTest(place.name(), () -> ask(place, token, seed)));
  }

  private static void ask(Place place, String token, long seed) {
    var chance = new Random(seed);
    var faults =
        Stream.generate(() -> OddRequest.to(place.paths(), token, chance))
            .limit(REQUESTS)
            .flatMap(request -> place.faults(request).stream())
            .limit(SHOWN)
            .toList();
    assertEquals(List.of(), faults, () -> "with seed " + seed);
  }

  @TestFactory
  Stream<DynamicTest> headIsGetWithoutItsContent() {
    return places()
        .map(
            place ->
                DynamicTest.dynamicTest(
                    place.name(), () -> assertEquals(List.of(), place.headFaults())));
  }
}
