package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.client.model.OrderV1;
import emporion.tour.Shopper.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More shoppers than pieces. */
@Order(4)
@ExtendWith(RunningShop.class)
class ScarcityIT {
  private static final int SHOPPERS = 8;
  private static final int ORDERS_EACH = 25;
  private static final int PRODUCTS = 5;
  private static final int PIECES = 30;

  private final Shop shop;
  private final List<Shelf> shelves;

  ScarcityIT(Shop shop) {
    this.shop = shop;
    shelves = Stream.generate(() -> Shelf.with(shop, PIECES)).limit(PRODUCTS).toList();
  }

  @Test
  void whatIsSoldIsWhatWasThereAndNotAPieceMore() throws ExecutionException, InterruptedException {
    var least = new AtomicLong(Long.MAX_VALUE);
    var orders = new ArrayList<OrderV1>();
    var shoppers = Stream.generate(shop::newShopper).limit(SHOPPERS).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shopping = shoppers.stream().map(each -> threads.submit(() -> buy(each))).toList();
      threads.submit(() -> watch(least, shopping));
      for (var baskets : shopping) {
        orders.addAll(baskets.get());
      }
    }
    assertTrue(least.get() >= 0, () -> "there were " + least + " pieces of something");
    assertEquals(SHOPPERS * ORDERS_EACH, orders.size());
    for (var order : orders) {
      assertTrue(isConfirmed(order) || isStockOut(order), order::toString);
    }
    for (var shelf : shelves) {
      assertEquals(PIECES - shelf.settled().onHand(), sold(shelf, orders));
    }
    assertEquals(0, shelves.stream().mapToLong(Shelf::onHand).min().orElseThrow());
  }

  /** One shopper's day: one or two lines of one to three pieces in each order. */
  private List<OrderV1> buy(Shopper shopper) {
    var dice = new Random();
    var ids = new ArrayList<String>();
    for (int i = 0; i < ORDERS_EACH; i++) {
      int first = dice.nextInt(PRODUCTS);
      var lines = new ArrayList<Line>(List.of(shelves.get(first).line(1 + dice.nextInt(3))));
      if (dice.nextBoolean()) {
        lines.add(shelves.get((first + 1) % PRODUCTS).line(1 + dice.nextInt(3)));
      }
      var answer = shopper.order("tok_visa", lines.toArray(Line[]::new));
      assertTrue(List.of(201, 202).contains(answer.status()), answer::toString);
      ids.add(answer.text("/order_id"));
    }
    return ids.stream().map(shopper::ended).toList();
  }

  private void watch(AtomicLong least, List<? extends Future<?>> shopping) {
    while (shopping.stream().anyMatch(day -> !day.isDone())) {
      for (var shelf : shelves) {
        least.accumulateAndGet(Math.min(shelf.available(), shelf.onHand()), Math::min);
      }
    }
  }

  private static boolean isConfirmed(OrderV1 order) {
    return order.getStatus() == OrderV1.StatusEnum.CONFIRMED;
  }

  private static boolean isStockOut(OrderV1 order) {
    return order.getStatus() == OrderV1.StatusEnum.CANCELLED
        && order.getReason() == OrderV1.ReasonEnum.OUT_OF_STOCK;
  }

  private static long sold(Shelf shelf, List<OrderV1> orders) {
    long sold = 0;
    for (var order : orders) {
      for (var item : order.getItems()) {
        boolean ofThis = item.getProductId().equals(shelf.id());
        sold += ofThis && isConfirmed(order) ? item.getQuantity() : 0;
      }
    }
    return sold;
  }
}
