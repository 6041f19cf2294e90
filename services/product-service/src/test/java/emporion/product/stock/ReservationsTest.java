package emporion.product.stock;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static emporion.product.Shop.linesOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.product.Shop;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The participant of an order's saga: all lines or none, once for each key, never too many. */
class ReservationsTest {
  private final Shop shop = new Shop();

  @Test
  void holdsAllLines() {
    var one = shop.stocked(5);
    var two = shop.stocked(2);
    var key = key();
    var answer = shop.reserve(key, lines(one, 3, two, 2));
    assertEquals(201, answer.status(), answer::toString);
    assertEquals("reserved", answer.text("/status"));
    assertEquals(key, answer.text("/key"));
    assertEquals(one, answer.text("/lines/0/product_id"));
    assertEquals(2, answer.at("/lines/1/quantity").asInt());
    assertEquals("5/3", shop.level(one));
    assertEquals("2/2", shop.level(two));
    assertEquals("reserved", shop.saga.get("/v1/reservations/" + key).text("/status"));
  }

  @Test
  void holdsNoneWhenOneIsShortAndNamesIt() {
    var one = shop.stocked(5);
    var two = shop.stocked(1);
    var answer = shop.reserve(key(), lines(one, 3, two, 2));
    assertEquals(409, answer.status());
    assertEquals("out-of-stock", answer.problem());
    assertEquals(1, answer.at("/errors").size());
    assertEquals("/lines/1", answer.text("/errors/0/pointer"));
    assertEquals("Of 2 wanted, 1 are left.", answer.text("/errors/0/detail"));
    assertEquals("5/0", shop.level(one));
    assertEquals("1/0", shop.level(two));
  }

  @Test
  void aProductThatIsUnknownIsOutOfStock() {
    assertEquals("out-of-stock", shop.reserve(key(), lines(UUID.randomUUID(), 1)).problem());
  }

  @Test
  void linesOfTheSameProductAddUp() {
    var product = shop.stocked(5);
    assertEquals("out-of-stock", shop.reserve(key(), lines(product, 3, product, 3)).problem());
    assertEquals(201, shop.reserve(key(), lines(product, 3, product, 2)).status());
    assertEquals("5/5", shop.level(product));
  }

  @Test
  void theSameRequestAgainIsAnsweredAndNotDoneAgain() {
    var product = shop.stocked(5);
    var key = key();
    shop.reserve(key, lines(product, 2));
    var again = shop.reserve(key, lines(product, 2));
    assertEquals(200, again.status());
    assertEquals("reserved", again.text("/status"));
    assertEquals("5/2", shop.level(product));
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() {
    var product = shop.stocked(5);
    var key = key();
    shop.reserve(key, lines(product, 2));
    var other = shop.reserve(key, lines(product, 3));
    assertEquals(422, other.status());
    assertEquals("5/2", shop.level(product));
  }

  @Test
  void aRefusalStaysTheSameWhenStockComesIn() {
    var product = shop.stocked(1);
    var key = key();
    var first = shop.reserve(key, lines(product, 2));
    shop.manager.post(
        "/v1/stock/" + product + "/adjustments", "{\"delta\":9,\"reason\":\"received\"}");
    var again = shop.reserve(key, lines(product, 2));
    assertEquals(409, again.status());
    assertEquals(first.text("/errors"), again.text("/errors"));
    assertEquals("out-of-stock", again.problem());
    assertEquals("10/0", shop.level(product));
  }

  @Test
  void aKeyThatWasReleasedBeforeItWasUsedIsClosed() {
    var product = shop.stocked(5);
    var key = key();
    var released = shop.saga.delete("/v1/reservations/" + key);
    assertEquals(200, released.status(), released::toString);
    assertEquals("released", released.text("/status"));
    var late = shop.reserve(key, lines(product, 2));
    assertEquals(409, late.status());
    assertEquals("released", late.problem());
    assertEquals("5/0", shop.level(product));
  }

  @Test
  void anEncodedColonIsAColon() {
    var product = shop.stocked(5);
    var key = key();
    shop.reserve(key, lines(product, 2));
    var read = shop.saga.get("/v1/reservations/" + key.replace(":", "%3A"));
    assertEquals("reserved", read.text("/status"), read::toString);
  }

  private enum Verb {
    RESERVE,
    RELEASE,
    COMMIT,
    RETURN
  }

  private enum State {
    UNKNOWN("10/0"),
    RESERVED("10/3"),
    REFUSED("10/0"),
    RELEASED("10/0"),
    TOMBSTONE("10/0"),
    COMMITTED("7/0"),
    RETURNED("10/0");

    private final String level;

    State(String level) {
      this.level = level;
    }
  }

  /**
   * @param answer the status in the answer, or the problem's slug
   * @param level what is on hand and reserved afterwards, of 10 with 3 wanted
   */
  private record Step(State from, Verb verb, int code, String answer, String level) {}

  @TestFactory
  Stream<DynamicTest> eachVerbInEachState() {
    return Stream.of(
            new Step(State.UNKNOWN, Verb.RESERVE, 201, "reserved", "10/3"),
            new Step(State.UNKNOWN, Verb.RELEASE, 200, "released", "10/0"),
            new Step(State.UNKNOWN, Verb.COMMIT, 409, "unknown-reservation", "10/0"),
            new Step(State.UNKNOWN, Verb.RETURN, 409, "unknown-reservation", "10/0"),
            new Step(State.RESERVED, Verb.RESERVE, 200, "reserved", "10/3"),
            new Step(State.RESERVED, Verb.RELEASE, 200, "released", "10/0"),
            new Step(State.RESERVED, Verb.COMMIT, 200, "committed", "7/0"),
            new Step(State.RESERVED, Verb.RETURN, 200, "returned", "10/0"),
            new Step(State.REFUSED, Verb.RESERVE, 409, "out-of-stock", "10/0"),
            new Step(State.REFUSED, Verb.RELEASE, 200, "released", "10/0"),
            new Step(State.REFUSED, Verb.COMMIT, 409, "out-of-stock", "10/0"),
            new Step(State.REFUSED, Verb.RETURN, 409, "out-of-stock", "10/0"),
            new Step(State.RELEASED, Verb.RESERVE, 409, "released", "10/0"),
            new Step(State.RELEASED, Verb.RELEASE, 200, "released", "10/0"),
            new Step(State.RELEASED, Verb.COMMIT, 409, "released", "10/0"),
            new Step(State.RELEASED, Verb.RETURN, 409, "released", "10/0"),
            new Step(State.TOMBSTONE, Verb.RESERVE, 409, "released", "10/0"),
            new Step(State.TOMBSTONE, Verb.RELEASE, 200, "released", "10/0"),
            new Step(State.TOMBSTONE, Verb.COMMIT, 409, "released", "10/0"),
            new Step(State.TOMBSTONE, Verb.RETURN, 409, "released", "10/0"),
            new Step(State.COMMITTED, Verb.RESERVE, 200, "committed", "7/0"),
            new Step(State.COMMITTED, Verb.RELEASE, 409, "committed", "7/0"),
            new Step(State.COMMITTED, Verb.COMMIT, 200, "committed", "7/0"),
            new Step(State.COMMITTED, Verb.RETURN, 200, "returned", "10/0"),
            new Step(State.RETURNED, Verb.RESERVE, 409, "returned", "10/0"),
            new Step(State.RETURNED, Verb.RELEASE, 409, "returned", "10/0"),
            new Step(State.RETURNED, Verb.COMMIT, 409, "returned", "10/0"),
            new Step(State.RETURNED, Verb.RETURN, 200, "returned", "10/0"))
        .map(step -> DynamicTest.dynamicTest(step.verb + " when " + step.from, () -> walk(step)));
  }

  private void walk(Step step) {
    var product = shop.stocked(10);
    var key = key();
    var wanted = lines(product, step.from == State.REFUSED ? 11 : 3);
    bring(key, wanted, step.from);
    assertEquals(step.from.level, shop.level(product));
    for (int times = 0; times < 2; times++) {
      var answer = call(key, wanted, step.verb);
      int code = times == 1 && step.code == 201 ? 200 : step.code;
      assertEquals(code, answer.status(), answer::toString);
      assertEquals(
          step.answer, code < 300 ? answer.text("/status") : answer.problem(), answer::toString);
      assertEquals(step.level, shop.level(product));
    }
  }

  private void bring(String key, String wanted, State state) {
    switch (state) {
      case UNKNOWN -> {}
      case TOMBSTONE -> call(key, wanted, Verb.RELEASE);
      case RESERVED, REFUSED -> call(key, wanted, Verb.RESERVE);
      case RELEASED -> {
        bring(key, wanted, State.RESERVED);
        call(key, wanted, Verb.RELEASE);
      }
      case COMMITTED -> {
        bring(key, wanted, State.RESERVED);
        call(key, wanted, Verb.COMMIT);
      }
      case RETURNED -> {
        bring(key, wanted, State.COMMITTED);
        call(key, wanted, Verb.RETURN);
      }
    }
  }

  private Answer call(String key, String wanted, Verb verb) {
    var path = "/v1/reservations/" + key;
    return switch (verb) {
      case RESERVE -> shop.reserve(key, wanted);
      case RELEASE -> shop.saga.delete(path);
      case COMMIT -> shop.saga.send("POST", path + "/commit", null);
      case RETURN -> shop.saga.send("POST", path + "/return", null);
    };
  }

  @Test
  void whatComesBackStandsInTheAuditTrail() {
    var product = shop.stocked(10);
    var key = key();
    var order = UUID.randomUUID();
    bring(key, linesOf(order, product, 3), State.RETURNED);
    var trail = shop.manager.get("/v1/stock/" + product + "/adjustments");
    assertEquals("returned", trail.text("/items/0/reason"), trail::toString);
    assertEquals(3, trail.at("/items/0/delta").asInt());
    assertEquals(10, trail.at("/items/0/on_hand").asInt());
    assertEquals("order " + order, trail.text("/items/0/note"));
  }

  @Test
  void theLastPiecesAreSoldOnce() {
    var product = shop.stocked(50);
    var answers = together(16, 80, i -> shop.reserve(key(), lines(product, 1)));
    assertEquals(50, answers.stream().filter(answer -> answer.status() == 201).count());
    assertEquals(30, answers.stream().filter(a -> a.problem().equals("out-of-stock")).count());
    assertEquals("50/50", shop.level(product));
  }

  @Test
  void ordersThatWantTheSameProductsInAnotherOrderDoNotBlockEachOther() {
    var products = IntStream.range(0, 4).mapToObj(i -> shop.stocked(1_000)).toList();
    var answers =
        together(
            16,
            96,
            i ->
                shop.reserve(
                    key(),
                    lines(
                        products.get(i % 4), 1,
                        products.get((i + 1 + i % 3) % 4), 2)));
    answers.forEach(answer -> assertEquals(201, answer.status(), answer::toString));
    var reserved =
        products.stream()
            .mapToInt(product -> Integer.parseInt(shop.level(product).split("/")[1]))
            .sum();
    assertEquals(96 * 3, reserved);
  }

  @Test
  void requestsWithOneKeyAtTheSameTimeHaveOneEffect() {
    var product = shop.stocked(50);
    for (int round = 0; round < 5; round++) {
      var key = key();
      var answers = together(16, 16, i -> shop.reserve(key, lines(product, 2)));
      answers.forEach(
          answer -> {
            assertTrue(answer.status() < 300, answer::toString);
            assertEquals("reserved", answer.text("/status"));
          });
      assertEquals(1, answers.stream().filter(answer -> answer.status() == 201).count());
      assertEquals("50/" + 2 * (round + 1), shop.level(product));
    }
  }

  @Test
  void aReleaseAndAReservationAtTheSameTimeEndReleased() {
    var product = shop.stocked(50);
    for (int round = 0; round < 20; round++) {
      var key = key();
      var wanted = lines(product, 2);
      together(2, 2, i -> call(key, wanted, i == 0 ? Verb.RESERVE : Verb.RELEASE))
          .forEach(answer -> assertTrue(answer.status() < 500, answer::toString));
      assertEquals("released", shop.saga.get("/v1/reservations/" + key).text("/status"));
      assertEquals("50/0", shop.level(product));
    }
  }

  @Test
  void aCommitAndAReleaseAtTheSameTimeDoNotBothWin() {
    for (int round = 0; round < 10; round++) {
      var product = shop.stocked(10);
      var key = key();
      bring(key, lines(product, 3), State.RESERVED);
      var answers = together(4, 4, i -> call(key, "", i % 2 == 0 ? Verb.COMMIT : Verb.RELEASE));
      var sold = answers.get(0).status() == 200;
      assertEquals(sold ? 409 : 200, answers.get(1).status());
      assertEquals(sold ? "7/0" : "10/0", shop.level(product));
    }
  }

  private interface Call {
    Answer at(int index);
  }

  private static List<Answer> together(int threads, int calls, Call call) {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Answer>> work =
          IntStream.range(0, calls).<Callable<Answer>>mapToObj(i -> () -> call.at(i)).toList();
      return pool.invokeAll(work).stream().map(ReservationsTest::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Answer result(Future<Answer> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyServicesReserve() {
    var product = shop.stocked(1);
    var path = "/v1/reservations/" + key();
    assertEquals(401, shop.anonymous.put(path, lines(product, 1)).status());
    for (var user : List.of(shop.shopper, shop.manager, shop.service.user("admin"))) {
      assertEquals(403, user.put(path, lines(product, 1)).status());
      assertEquals(403, user.get(path).status());
      assertEquals(403, user.delete(path).status());
      assertEquals(403, user.post(path + "/commit", "{}").status());
      assertEquals(403, user.post(path + "/return", "{}").status());
    }
    assertEquals("1/0", shop.level(product));
  }

  @Test
  void theOutcomesAreCounted() {
    var before = metric("reservations_total", "outcome=\"refused\"");
    var outs = metric("stock_outs_total", "");
    var key = key();
    var product = shop.stocked(1);
    shop.reserve(key, lines(product, 2));
    shop.reserve(key, lines(product, 2));
    assertEquals(before + 1, metric("reservations_total", "outcome=\"refused\""));
    assertEquals(outs + 1, metric("stock_outs_total", ""));
  }

  private double metric(String name, String label) {
    return shop.management
        .with("Accept", "text/plain")
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void whatHasBecomeOfAKeyIsToldStepByStep() {
    var product = shop.stocked(5);
    var key = key();
    shop.reserve(key, lines(product, 2));
    assertEquals(List.of("reserved"), turns(key));
    shop.saga.post("/v1/reservations/" + key + "/commit", "");
    assertEquals(List.of("reserved", "committed"), turns(key));
    shop.saga.post("/v1/reservations/" + key + "/return", "");
    assertEquals(List.of("reserved", "committed", "returned"), turns(key));

    var history = history(key);
    assertEquals(product, history.text("/lines/0/product_id"));
    assertEquals(2, history.at("/lines/0/quantity").asInt());
    assertTrue(history.at("/lines/0/available").isMissingNode());
    var times = values(history, "/turns", "/at");
    assertEquals(times.stream().sorted().toList(), times, "in order of time");
  }

  @Test
  void whatWasRefusedTellsHowMuchThereWas() {
    var product = shop.stocked(1);
    var key = key();
    shop.reserve(key, lines(product, 2));
    shop.saga.delete("/v1/reservations/" + key);
    assertEquals(List.of("refused", "released"), turns(key));
    assertEquals(1, history(key).at("/lines/0/available").asInt());
  }

  @Test
  void aKeyThatWasReleasedUnusedHasThatAlone() {
    var key = key();
    assertEquals(404, history(key).status());
    shop.saga.delete("/v1/reservations/" + key);
    assertEquals(List.of("released"), turns(key));
    assertEquals(0, history(key).at("/lines").size());
  }

  private Answer history(String key) {
    return shop.saga.get("/v1/reservations/" + key + "/history");
  }

  private List<String> turns(String key) {
    return values(history(key), "/turns", "/status");
  }

  private static List<String> values(Answer answer, String list, String field) {
    return StreamSupport.stream(answer.at(list).spliterator(), false)
        .map(entry -> entry.at(field).asText())
        .toList();
  }
}
