package emporion.faults;

import emporion.chassis.testkit.Http.Answer;
import emporion.faults.Customers.Purchase;
import emporion.tour.Shop;
import emporion.tour.Shopper;
import emporion.tour.Shopper.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All want the last unit at once, and nothing is broken: exactly one gets it. */
final class Rush {
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(3);
  private static final int PAUSE_MILLIS = 500;

  private final Shop shop;
  private final String product;
  private final List<Purchase> log = new ArrayList<>();

  /**
   * Prepares one.
   *
   * @param product of which there is one unit
   */
  Rush(Shop shop, String product) {
    this.shop = shop;
    this.product = product;
  }

  /** Lets so many in; what does not agree. */
  List<String> run(int count) throws InterruptedException {
    var shoppers = Stream.generate(shop::newShopper).limit(count).toList();
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var orders =
          shoppers.stream().map(shopper -> threads.submit(orders(shopper, start))).toList();
      start.countDown();
      var failures = new ArrayList<String>();
      for (var order : orders) {
        try {
          log.add(order.get());
        } catch (ExecutionException e) {
          failures.add("F13: an order in the rush failed: " + e.getCause());
        }
      }
      long sold = log.stream().filter(p -> p.status().equals("confirmed")).count();
      if (sold != 1) {
        failures.add("F13: the last unit went to " + sold + " of " + count);
      }
      return failures;
    }
  }

  private Callable<Purchase> orders(Shopper shopper, CountDownLatch start) {
    return () -> {
      start.await();
      return order(shopper);
    };
  }

  private Purchase order(Shopper shopper) throws InterruptedException {
    var key = UUID.randomUUID().toString();
    long begun = System.nanoTime();
    long until = begun + ENDS_WITHIN.toNanos();
    var answer = shopper.order(key, "tok_visa", new Line(product, 1));
    while (System.nanoTime() < until && !isEnd(answer)) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      answer = shopper.order(key, "tok_visa", new Line(product, 1));
    }
    long ended = System.nanoTime();
    return new Purchase(
        shopper.id(),
        key,
        answer.text("/order_id"),
        answer.text("/status"),
        false,
        begun,
        ended,
        ended);
  }

  private static boolean isEnd(Answer answer) {
    return answer.status() < 300 && !answer.text("/status").equals("pending");
  }

  /** What came of each order. */
  List<Purchase> log() {
    return log;
  }
}
