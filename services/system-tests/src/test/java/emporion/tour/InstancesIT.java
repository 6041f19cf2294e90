package emporion.tour;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A shop on PostgreSQL with several instances of what an order needs. It stands before all others,
 * so that no second shop runs beside it.
 */
@Order(0)
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstancesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<Integer> PLACED = Set.of(201, 202);
  private static final int SHOPPERS = 4;
  private static final int A_FEW = 40;
  private static final int PIECES = 100_000;

  private Shop shop;

  @BeforeAll
  void open() {
    shop =
        new Shop(
            "shop-of-instances",
            self -> Map.of(),
            "--database",
            "postgres",
            "--scale",
            "order-service=2",
            "--scale",
            "product-service=2");
  }

  @AfterAll
  void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void aRollingRestartOfTheOrchestratorLosesNoOrder() throws Exception {
    losesNothing("order-service");
  }

  @Test
  void norDoesOneOfAParticipant() throws Exception {
    losesNothing("product-service");
  }

  private void losesNothing(String service) throws ExecutionException, InterruptedException {
    var before = instances(service);
    var shelf = Shelf.with(shop, PIECES);
    var placed = new AtomicInteger();
    var open = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shopping =
          IntStream.range(0, SHOPPERS)
              .mapToObj(i -> shop.newShopper())
              .map(shopper -> threads.submit(() -> orderWhile(open, shopper, shelf, placed)))
              .toList();
      try {
        await("orders before").atMost(PATIENCE).until(() -> placed.get() > A_FEW);
        shop.restart(service, "--rolling").succeeded();
        int then = placed.get();
        await("orders afterwards").atMost(PATIENCE).until(() -> placed.get() > then + A_FEW);
      } finally {
        open.set(false);
      }
      assertEquals(List.of(), refused(shopping));
    }
    before.forEach(process -> assertFalse(process.isAlive(), process::toString));
    instances(service).forEach(process -> assertTrue(process.isAlive(), process::toString));
  }

  private List<ProcessHandle> instances(String service) {
    return List.of(shop.process(service), shop.process(service + "-2"));
  }

  /** Each once: a shopper who does not repeat anything. */
  private static List<Answer> orderWhile(
      AtomicBoolean open, Shopper shopper, Shelf shelf, AtomicInteger placed) {
    var answers = new ArrayList<Answer>();
    while (open.get()) {
      answers.add(shopper.order(UUID.randomUUID().toString(), "tok_visa", shelf.line(1)));
      placed.incrementAndGet();
    }
    return answers;
  }

  private static List<Answer> refused(List<Future<List<Answer>>> shopping)
      throws ExecutionException, InterruptedException {
    var refused = new ArrayList<Answer>();
    for (var answers : shopping) {
      answers.get().stream().filter(a -> !PLACED.contains(a.status())).forEach(refused::add);
    }
    return refused;
  }

  /** The gateway and the neighbours call both: each instance has done its part. */
  @Test
  void eachInstanceGetsItsShare() {
    var shelf = Shelf.with(shop, PIECES);
    var shopper = shop.newShopper();
    var before = orders();
    for (int i = 0; i < A_FEW; i++) {
      assertTrue(PLACED.contains(shopper.order("tok_visa", shelf.line(1)).status()));
    }
    var after = orders();
    for (int i = 0; i < after.size(); i++) {
      double part = after.get(i) - before.get(i);
      assertTrue(part > A_FEW / 4, before + " and then " + after);
    }
  }

  /** How many checkouts each instance has answered. */
  private List<Double> orders() {
    return Stream.of("order-service", "order-service-2").map(this::orders).toList();
  }

  private double orders(String instance) {
    var metrics = Http.to(URI.create("http://127.0.0.1:" + shop.managementPort(instance)));
    return metrics
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("http_server_request_duration_seconds_count"))
        .filter(
            line ->
                line.contains("http_request_method=\"POST\"")
                    && line.contains("http_route=\"/v1/orders\""))
        .mapToDouble(line -> Double.parseDouble(line.replaceFirst("^.*} ", "").split(" ")[0]))
        .sum();
  }
}
