package emporion.faults;

import emporion.chassis.testkit.Http.Answer;
import emporion.faults.Plan.Faults;
import emporion.tour.Shop;
import emporion.tour.Shopper;
import emporion.tour.Shopper.Line;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Shoppers as they are: they order at random, ask again with the same key until they know what
 * became of it, and some call off what they have just ordered. What the shop told them is their
 * log, which the {@link Checker} holds against the databases.
 */
final class Customers {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int PAUSE_MILLIS = 250;

  /** At most, before the next order in each build: its other tests need the machine too. */
  private static final int THOUGHT_MILLIS = 1_000;

  /** Before a token runs out, even where an order takes all the patience. */
  private static final Duration TOKEN_KEPT = Duration.ofMinutes(8);

  /** Where nothing is broken, one in eight is declined. */
  private static final List<String> PLAIN_CARDS =
      Stream.concat(Stream.generate(() -> "tok_visa").limit(7), Stream.of("tok_visa_declined"))
          .toList();

  private static final Set<String> PLAIN_REASONS = Set.of("out_of_stock", "payment_declined");

  /** Most pay at once; the others decline, dawdle, or lose the answer. */
  private static final List<String> CARDS =
      List.of(
          "tok_visa",
          "tok_visa",
          "tok_mastercard",
          "tok_amex",
          "tok_visa",
          "tok_visa_declined",
          "tok_insufficient_funds",
          "tok_slow",
          "tok_timeout",
          "tok_lost_answer",
          "tok_refund_fails");

  /**
   * One order as its shopper saw it.
   *
   * @param key the request's, the same for each attempt
   * @param orderId what the shop acknowledged
   * @param status the last that the shop said
   * @param begun by {@link System#nanoTime}
   * @param ended when the shopper knew its end
   */
  record Purchase(
      UUID userId,
      String key,
      String orderId,
      String status,
      boolean calledOff,
      long begun,
      long acknowledged,
      long ended) {}

  private final Queue<Purchase> log = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicLong attempts = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private final Shop shop;
  private final List<String> products;
  private final Faults faults;
  private volatile boolean closing;

  /** Sends them in. */
  Customers(Shop shop, List<String> products, Plan plan) {
    this.shop = shop;
    this.products = products;
    faults = plan.faults();
    for (int i = 0; i < plan.shoppers(); i++) {
      var shopper = shop.newShopper();
      var chance = new Random(plan.seed() + i);
      threads.add(Thread.ofVirtual().name("shopper-" + i).unstarted(() -> visit(shopper, chance)));
    }
    threads.forEach(Thread::start);
  }

  /** No new orders; each shopper finishes the one that is under way. */
  void close() throws InterruptedException {
    closing = true;
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (var thread : threads) {
      thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (thread.isAlive()) {
        complaints.add(thread.getName() + " is still waiting for an answer");
      }
    }
  }

  /** What has ended; the newest last. */
  List<Purchase> log() {
    return List.copyOf(log);
  }

  int ended() {
    return log.size();
  }

  /** Answers that no shopper should get, whatever dies. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  long attempts() {
    return attempts.get();
  }

  private void visit(Shopper newcomer, Random chance) {
    var shopper = newcomer;
    long signedIn = System.nanoTime();
    while (!closing) {
      try {
        if (System.nanoTime() - signedIn > TOKEN_KEPT.toNanos()) {
          shopper = signIn(shopper);
          signedIn = System.nanoTime();
        }
        buy(shopper, chance);
        if (faults == Faults.ONCE) {
          TimeUnit.MILLISECONDS.sleep(chance.nextInt(THOUGHT_MILLIS));
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        complaints.add(shopper.name() + ": " + e);
      }
    }
  }

  private Shopper signIn(Shopper shopper) throws InterruptedException {
    var answer = insist(() -> shop.signIn(shopper.name(), shopper.password()));
    return shopper.with(answer.text("/access_token"));
  }

  private void buy(Shopper shopper, Random chance) throws InterruptedException {
    var key = new UUID(chance.nextLong(), chance.nextLong()).toString();
    var cards = faults.rage() ? CARDS : PLAIN_CARDS;
    var card = cards.get(chance.nextInt(cards.size()));
    var lines = lines(chance);
    var callsOff = callsOff(chance);
    long begun = System.nanoTime();
    var placed = insist(() -> shopper.order(key, card, lines));
    long acknowledged = System.nanoTime();
    if (placed.status() != 201 && placed.status() != 202 && placed.status() != 200) {
      complaints.add("POST /v1/orders answered " + placed);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // or it would say so a thousand times a second
      return;
    }
    var orderId = placed.text("/order_id");
    var end =
        callsOff
            ? until(shopper, orderId, callOff(shopper, orderId), Set.of("cancelled"))
            : until(shopper, orderId, placed, Set.of("confirmed", "cancelled"));
    if (faults == Faults.OFF && !isPlain(end)) {
      complaints.add("not sold, and not for want of stock or money: " + end);
    }
    log.add(
        new Purchase(
            shopper.id(),
            key,
            orderId,
            end.text("/status"),
            callsOff,
            begun,
            acknowledged,
            System.nanoTime()));
    repeat(shopper, key, card, lines, orderId, chance);
  }

  private static boolean isPlain(Answer end) {
    return end.text("/status").equals("confirmed") || PLAIN_REASONS.contains(end.text("/reason"));
  }

  private boolean callsOff(Random chance) {
    return switch (faults) {
      case OFF -> false;
      case ONCE, ON -> chance.nextInt(6) == 0;
      case PROVOKED -> chance.nextBoolean();
    };
  }

  private Line[] lines(Random chance) {
    return Stream.generate(() -> products.get(chance.nextInt(products.size())))
        .limit(1 + chance.nextInt(3))
        .distinct()
        .map(product -> new Line(product, 1 + chance.nextInt(3)))
        .toArray(Line[]::new);
  }

  private Answer callOff(Shopper shopper, String orderId) throws InterruptedException {
    var answer = insist(() -> shopper.http().post("/v1/orders/" + orderId + "/cancel", "{}"));
    if (answer.status() != 200 && answer.status() != 202) {
      complaints.add("cancel answered " + answer);
    }
    return answer;
  }

  private Answer until(Shopper shopper, String orderId, Answer last, Set<String> ends)
      throws InterruptedException {
    var answer = last;
    while (!ends.contains(answer.text("/status"))) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      answer = insist(() -> shopper.http().get("/v1/orders/" + orderId));
      if (answer.status() != 200) {
        complaints.add("an acknowledged order is gone: " + orderId + ": " + answer);
        return answer;
      }
    }
    return answer;
  }

  /** A client that doubts sends the request once more, long after it was answered. */
  private void repeat(
      Shopper shopper, String key, String card, Line[] lines, String orderId, Random chance)
      throws InterruptedException {
    if (chance.nextInt(10) == 0) {
      var again = insist(() -> shopper.order(key, card, lines));
      if (!again.text("/order_id").equals(orderId)) {
        complaints.add("key " + key + " made " + orderId + " and then " + again);
      }
    }
  }

  /**
   * Asks until there is an answer of the shop's own: no lost connection, no 5xx, no "not now". Each
   * other answer is a fault where nothing was broken.
   */
  private Answer insist(Supplier<Answer> request) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var answer = attempt(request);
      if (answer != null && answer.status() < 500 && answer.status() != 409) {
        return answer;
      }
      if (faults == Faults.OFF) {
        complaints.add("a request failed: " + answer);
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no answer in " + PATIENCE + ", last: " + answer);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private Answer attempt(Supplier<Answer> request) {
    attempts.incrementAndGet();
    try {
      return request.get();
    } catch (UncheckedIOException e) {
      return null;
    }
  }
}
