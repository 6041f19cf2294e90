package emporion.tour;

import emporion.chassis.testkit.Http;
import java.util.UUID;

/** A product that a test has for itself. */
public record Shelf(Http admin, String productId, long price) {

  /** Puts a new product on sale. */
  public static Shelf with(Shop shop, long onHand) {
    var admin = shop.admin();
    var sku = "TOUR-" + UUID.randomUUID().toString().substring(0, 13);
    long price = 1_250;
    var answer =
        admin
            .withKey(sku)
            .post(
                "/v1/products",
                """
                {"sku": "%s", "name": "Tour %s", "category": "Tour",
                 "price": {"amount": %d, "currency": "EUR"}, "on_hand": %d}\
                """
                    .formatted(sku, sku, price, onHand));
    if (answer.status() != 201) {
      throw new AssertionError("No product can be made: " + answer);
    }
    return new Shelf(admin, answer.text("/id"), price);
  }

  public Shopper.Line line(int quantity) {
    return new Shopper.Line(productId, quantity);
  }

  long onHand() {
    return level("/on_hand");
  }

  long reserved() {
    return level("/reserved");
  }

  /** What a shopper sees of it. */
  long available() {
    return admin.get("/v1/products/" + productId).at("/available").asLong();
  }

  private long level(String pointer) {
    var answer = admin.get("/v1/stock/" + productId);
    if (answer.status() != 200) {
      throw new AssertionError("No level: " + answer);
    }
    return answer.at(pointer).asLong();
  }
}
