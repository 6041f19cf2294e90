package emporion.faults;

import emporion.tour.Shop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The products of a run, and how many pieces of each there were when it began. */
final class Shelves {
  private static final int PLENTY = 100_000;
  private static final int SCARCE = 60;

  private final Map<String, Long> initial = new HashMap<>();
  private final Shop shop;

  Shelves(Shop shop) {
    this.shop = shop;
  }

  Map<String, Long> initial() {
    return initial;
  }

  /** So many new products, every other one scarce; their ids. */
  List<String> stockUp(int count) {
    var products = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      products.add(product(100 + i, i % 2 == 0 ? PLENTY : SCARCE));
    }
    return products;
  }

  /** A new product; its id. */
  String product(int price, long onHand) {
    var sku = "FAULT-" + UUID.randomUUID().toString().substring(0, 13);
    var answer =
        shop.admin()
            .withKey(sku)
            .post(
                "/v1/products",
                """
                {"sku": "%s", "name": "%s", "category": "Faults",
                 "price": {"amount": %d, "currency": "EUR"}, "on_hand": %d}\
                """
                    .formatted(sku, sku, price, onHand));
    if (answer.status() != 201) {
      throw new AssertionError("No product can be made: " + answer);
    }
    initial.put(answer.text("/id"), onHand);
    return answer.text("/id");
  }
}
