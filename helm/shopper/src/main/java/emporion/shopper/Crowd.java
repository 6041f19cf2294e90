package emporion.shopper;

import emporion.shopper.Shop.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Customers who look, order and look at their order, each as fast as the shop answers.
 *
 * <p>Every request of theirs may be repeated safely, so none may fail: no connection that is cut,
 * no answer of 500 or more. What fails is counted, then repeated with the same key until it is
 * answered. They come, order a few times and leave; then each order that was acknowledged must have
 * come to its end, with its money taken once or not at all. When all have left, the stock must be
 * what the confirmed orders have left of it.
 */
final class Crowd {
  private static final long ON_HAND = 1_000_000;
  private static final Duration SETTLED = Duration.ofSeconds(90);
  private static final Duration REPEATED = Duration.ofSeconds(120);
  private static final int TOLD = 100;
  private static final int STRIDE = 50;
  private static final int VISIT = 25;
  private static final String[] CARDS = {
    "tok_visa", "tok_mastercard", "tok_amex", "tok_visa", "tok_visa_declined"
  };

  private final Shop shop;
  private final int size;
  private final PrintStream out;
  private final AtomicLong ordered = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicLong slowest = new AtomicLong();
  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
  private final AtomicLong sold = new AtomicLong();
  private final CountDownLatch checked = new CountDownLatch(1);
  private volatile Instant end = Instant.MAX;

  private record Placed(String id, int quantity) {}

  private interface Preparation {
    String make() throws IOException;
  }

  private interface Attempt {
    Answer make() throws IOException;
  }

  Crowd(Shop shop, int size, PrintStream out) {
    this.shop = shop;
    this.size = size;
    this.out = out;
  }

  /** Sends the customers home, and returns when it has been checked what became of their orders. */
  void leave() {
    end = Instant.now();
    try {
      checked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nothing failed and all is as it should be, after that time or once they leave. */
  boolean shop(Duration time) throws InterruptedException {
    end = Instant.now().plus(time);
    try {
      var product = prepared(() -> shop.newProduct(shop.adminToken(), ON_HAND));
      out.println("shopping");
      walk(product);
      checkStock(product, sold.get());
    } catch (IOException e) {
      wrong("the shop does not answer: " + e);
    }
    out.println(
        "%d orders, %d requests, %d failed%s, the slowest %d ms; %d wrong"
            .formatted(
                ordered.get(),
                requests.get(),
                failed.get(),
                failures.isEmpty() ? "" : " " + failures,
                slowest.get(),
                wrong.get()));
    checked.countDown();
    return failed.get() + wrong.get() == 0 && ordered.get() > 0;
  }

  private void walk(String product) throws InterruptedException {
    var customers = new Thread[size];
    for (int i = 0; i < size; i++) {
      customers[i] = Thread.ofVirtual().start(() -> customer(product));
    }
    for (var customer : customers) {
      customer.join();
    }
  }

  private void customer(String product) {
    try {
      while (Instant.now().isBefore(end)) {
        visit(prepared(shop::newcomer), product);
      }
    } catch (IOException | InterruptedException e) {
      wrong("a customer gave up: " + e);
    }
  }

  /** So few orders that those which are not paid don't make the shop suspicious. */
  private void visit(String me, String product) throws IOException, InterruptedException {
    var placed = new ArrayList<Placed>();
    for (int i = 0; i < VISIT && Instant.now().isBefore(end); i++) {
      insist("product", () -> shop.get("/v1/products/" + product, ""));
      var key = UUID.randomUUID().toString();
      int quantity = 1 + ThreadLocalRandom.current().nextInt(3);
      var card = CARDS[ThreadLocalRandom.current().nextInt(CARDS.length)];
      var order = insist("to order", () -> shop.order(me, key, product, quantity, card));
      if (!order.ok()) {
        throw new IOException("an order was answered " + order);
      }
      placed.add(new Placed(order.text("order_id"), quantity));
      tellProgress(ordered.incrementAndGet());
      insist("order", () -> shop.get("/v1/orders/" + order.text("order_id"), me));
    }
    for (var order : placed) {
      sold.addAndGet(settle(me, order));
    }
  }

  private void tellProgress(long orders) {
    if (orders % STRIDE == 0) {
      out.println("%d orders so far".formatted(orders));
    }
  }

  /**
   * A shop that has just been started may need a moment: what comes before the walk is not counted.
   */
  private static String prepared(Preparation preparation) throws IOException, InterruptedException {
    var last = Instant.now().plus(REPEATED);
    while (true) {
      try {
        return preparation.make();
      } catch (IOException e) {
        if (Instant.now().isAfter(last)) {
          throw e;
        }
        Thread.sleep(1_000);
      }
    }
  }

  /** Makes the attempt until it is answered; each that fails is counted. */
  private Answer insist(String what, Attempt attempt) throws IOException, InterruptedException {
    var last = Instant.now().plus(REPEATED);
    while (true) {
      String failure;
      long start = System.nanoTime();
      try {
        requests.incrementAndGet();
        var answer = attempt.make();
        if (answer.status() < 500) {
          slowest.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
          return answer;
        }
        failure = what + " " + answer.status() + " " + answer.text("type");
      } catch (IOException e) {
        failure = what + " " + e.getClass().getSimpleName() + " " + e.getMessage();
      }
      fail(failure, (System.nanoTime() - start) / 1_000_000);
      if (Instant.now().isAfter(last)) {
        throw new IOException(failure);
      }
      Thread.sleep(100);
    }
  }

  /** The first ones are told one by one, so that they can be found in the logs of the services. */
  private void fail(String failure, long millis) {
    if (failed.incrementAndGet() <= TOLD) {
      out.println("failed after %d ms, %s: %s".formatted(millis, Instant.now(), failure));
    }
    failures.computeIfAbsent(failure, f -> new AtomicLong()).incrementAndGet();
  }

  /** How many pieces the order has taken for good. */
  private long settle(String me, Placed order) throws IOException, InterruptedException {
    var last = Instant.now().plus(SETTLED);
    var found = insist("order", () -> shop.get("/v1/orders/" + order.id, me));
    while (found.text("status").equals("pending") && Instant.now().isBefore(last)) {
      Thread.sleep(200);
      found = insist("order", () -> shop.get("/v1/orders/" + order.id, me));
    }
    long held = 0;
    var payments = insist("payments", () -> shop.get("/v1/payments?order_id=" + order.id, me));
    for (var payment : payments.body().path("items")) {
      if (payment.path("status").asText().equals("captured")) {
        held +=
            payment.path("amount").path("amount").asLong()
                - payment.path("refunded").path("amount").asLong();
      }
    }
    return switch (found.text("status")) {
      case "confirmed" -> {
        check("the money of " + found, held, found.body().path("total").path("amount").asLong());
        yield order.quantity;
      }
      case "cancelled" -> {
        check("the money of " + found, held, 0);
        yield 0;
      }
      default -> {
        wrong("an order that was acknowledged is " + found);
        yield 0;
      }
    };
  }

  private void checkStock(String product, long sold) throws IOException, InterruptedException {
    var admin = shop.adminToken();
    var last = Instant.now().plus(SETTLED);
    var stock = shop.get("/v1/stock/" + product, admin);
    while (stock.body().path("available").asLong() != ON_HAND - sold
        && Instant.now().isBefore(last)) {
      Thread.sleep(500);
      stock = shop.get("/v1/stock/" + product, admin);
    }
    check("the stock " + stock, stock.body().path("available").asLong(), ON_HAND - sold);
    shop.post("/v1/products/" + product + "/retire", admin, "retire-" + product, "");
  }

  private void check(String what, long found, long wanted) {
    if (found != wanted) {
      wrong("%s is %d, not %d".formatted(what, found, wanted));
    }
  }

  private void wrong(String what) {
    wrong.incrementAndGet();
    out.println("WRONG " + what);
  }
}
