package emporion.order.ordering;

import static emporion.order.ordering.Neighbourhood.Trouble.BROKEN;
import static emporion.order.ordering.Neighbourhood.Trouble.TURNED_AWAY;
import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.PRODUCTS;
import static emporion.order.ordering.Shop.order;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.clients.RemoteError;
import emporion.order.clients.Catalogue;
import emporion.order.ordering.Neighbourhood.Trouble;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ordering asks the catalogue for names and prices before anything else. */
class CatalogueTest {
  @Test
  void aCatalogueThatStumblesIsAskedAgain() {
    NEIGHBOURS.upset("GET products", BROKEN, BROKEN);
    var placed = Shop.shopper().post("/v1/orders", order(1));
    assertEquals(201, placed.status(), placed::toString);
  }

  @Test
  void withoutTheCatalogueThereIsNoOrder() {
    NEIGHBOURS.upset("GET products", BROKEN, BROKEN, BROKEN);
    var shopper = Shop.shopper();
    var refused = shopper.post("/v1/orders", order(1));
    assertEquals(503, refused.status(), refused::toString);
    assertEquals("unavailable", refused.problem());
    assertEquals("2", refused.header("Retry-After"));
    assertEquals(0, shopper.get("/v1/orders").at("/items").size());
  }

  /** A breaker that counted it would keep everybody out, and a retry would ask for the same no. */
  @Test
  void aNoOfTheCatalogueIsAnAnswer() {
    int many = 40;
    NEIGHBOURS.upset(
        "GET products", Collections.nCopies(many, TURNED_AWAY).toArray(Trouble[]::new));
    int before = PRODUCTS.calls();
    var catalogue = Shop.SERVICE.bean(Catalogue.class);
    var ids = List.of(UUID.randomUUID());
    for (int i = 0; i < many; i++) {
      assertThrows(RemoteError.class, () -> catalogue.find(ids));
    }
    assertEquals(before + many, PRODUCTS.calls());
    var placed = Shop.shopper().post("/v1/orders", order(1));
    assertEquals(201, placed.status(), placed::toString);
  }

  @Test
  void theCatalogueIsToldByWhenItHasToAnswer() {
    Shop.shopper().post("/v1/orders", order(1));
    var left = PRODUCTS.lastDeadline().timeRemaining(TimeUnit.MILLISECONDS);
    assertTrue(left <= 1_900, () -> left + " ms");
  }

  /** By then gRPC's own pauses are longer than a request may take. */
  @Test
  void aCatalogueThatWasAwayIsFoundAsSoonAsItIsBack() throws Exception {
    var shopper = Shop.shopper();
    var comeBack = PRODUCTS.leave();
    try {
      await()
          .during(Duration.ofSeconds(6))
          .atMost(Duration.ofSeconds(30))
          .until(() -> shopper.post("/v1/orders", order(1)).status() == 503);
    } finally {
      comeBack.run();
    }
    var placed = shopper.post("/v1/orders", order(1));
    assertEquals(201, placed.status(), placed::toString);
  }
}
