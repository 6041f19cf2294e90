package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.client.model.OrderV1;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service goes while others need it. */
@Order(8)
@ExtendWith(RunningShop.class)
class OutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SHOPPERS = 4;
  private static final int BEFORE_THE_END = 20;
  private static final int PIECES = 100_000;

  private final Shop shop;

  OutageIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void whatIsStoppedIsMissedByNobodyElseAndCatchesUp() {
    var shopper = shop.newShopper();
    shop.stop("notification-service");

    var answer = shopper.http().get("/v1/notifications");
    assertEquals(503, answer.status(), answer::toString);
    assertFalse(answer.problem().isEmpty(), answer::toString);
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0, answer::toString);
    var placed = shopper.order("tok_visa", Shelf.with(shop, 5).line(1));
    assertTrue(List.of(201, 202).contains(placed.status()), placed::toString);

    var up = shop.up("--detach").succeeded();
    assertTrue(up.output().contains("notification-service"), up::toString);
    await("the mail about the order of meanwhile")
        .atMost(PATIENCE)
        .until(() -> shop.mails().stream().anyMatch(m -> m.contains(placed.text("/order_id"))));
  }

  /** Whatever came of a test, the next ones find a whole shop. */
  @AfterEach
  void mend() {
    shop.up("--detach").succeeded();
  }

  /** One request and, where one came, its answer. */
  private record Try(Shopper shopper, String key, Optional<Answer> answer) {
    boolean acknowledged() {
      return answer.isPresent() && answer.get().status() < 300;
    }
  }

  @Test
  void aStopUnderLoadLosesNoAcknowledgedOrderAndDoublesNone()
      throws ExecutionException, InterruptedException {
    survives(() -> shop.stop("order-service"));
  }

  /** Here the databases are files that the services write themselves. */
  @Test
  void norDoesASuddenDeath() throws ExecutionException, InterruptedException {
    survives(() -> kill(shop.process("order-service")));
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  private void survives(Runnable end) throws ExecutionException, InterruptedException {
    var shelf = Shelf.with(shop, PIECES);
    var tries = orderUntil(end, shelf);
    shop.up("--detach").succeeded();

    try (var threads = Executors.newFixedThreadPool(SHOPPERS)) {
      for (var repeated :
          tries.stream().map(t -> threads.submit(() -> repeat(t, shelf))).toList()) {
        repeated.get();
      }
    }
    assertEquals(PIECES - tries.size(), shelf.settled().onHand());
  }

  private static void repeat(Try first, Shelf shelf) {
    var again = Shop.patiently(() -> first.shopper.order(first.key, "tok_visa", shelf.line(1)));
    assertTrue(List.of(201, 202).contains(again.status()), again::toString);
    var orderId = again.text("/order_id");
    if (first.acknowledged()) {
      var acknowledged = first.answer.orElseThrow();
      assertEquals(
          orderId,
          acknowledged.text("/order_id"),
          () -> acknowledged + " " + acknowledged.response().headers());
    }
    assertEquals(OrderV1.StatusEnum.CONFIRMED, first.shopper.ended(orderId).getStatus());
  }

  private List<Try> orderUntil(Runnable end, Shelf shelf)
      throws ExecutionException, InterruptedException {
    var placed = new AtomicInteger();
    var shoppers = IntStream.range(0, SHOPPERS).mapToObj(i -> shop.newShopper()).toList();
    var all = new ArrayList<Try>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shopping =
          shoppers.stream()
              .map(shopper -> threads.submit(() -> orderUntilRefused(shopper, shelf, placed)))
              .toList();
      await("some orders").atMost(PATIENCE).until(() -> placed.get() >= BEFORE_THE_END);
      end.run();
      for (var tries : shopping) {
        all.addAll(tries.get());
      }
    }
    return all;
  }

  private static List<Try> orderUntilRefused(Shopper shopper, Shelf shelf, AtomicInteger placed) {
    var tries = new ArrayList<Try>();
    do {
      tries.add(attempt(shopper, shelf));
      placed.incrementAndGet();
    } while (tries.getLast().acknowledged());
    return tries;
  }

  private static Try attempt(Shopper shopper, Shelf shelf) {
    var key = UUID.randomUUID().toString();
    try {
      return new Try(shopper, key, Optional.of(shopper.order(key, "tok_visa", shelf.line(1))));
    } catch (UncheckedIOException noAnswer) {
      return new Try(shopper, key, Optional.empty());
    }
  }
}
