package emporion.chassis.amqp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.MessageProperties;
import emporion.chassis.messaging.BatchHandler;
import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.EventHandler;
import emporion.chassis.messaging.Inbox;
import emporion.chassis.messaging.Outbox;
import emporion.chassis.testkit.TestService;
import emporion.chassis.work.Workers;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

/** From the transaction that causes an event to the one that takes it in, over the real broker. */
class MessagingTest {
  private static final TestBroker BROKER = RunningChassis.BROKER;
  private static final TestService SERVICE = RunningChassis.SERVICE;
  private static final String AWAITED_QUEUE = "fixture.readers";

  private final Readings readings = SERVICE.bean(Readings.class);
  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  // --- fixtures --------------------------------------------------------------------------------

  private static void sql(String change) {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(change);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(String query) {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofMinutes(3)).untilAsserted(assertion);
  }

  private void happened(UUID aggregate, int from, int to) {
    for (int version = from; version < to; version++) {
      readings.record("happened", aggregate, version);
    }
  }

  private static List<Long> versions(int to) {
    return LongStream.range(0, to).boxed().toList();
  }

  private static double metric(String name) {
    return SERVICE
        .management()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private record Answer(int code, String words) {}

  private static Answer deadLetters(String... arguments) {
    var words = new ByteArrayOutputStream();
    int code =
        DeadLetters.run(
            ConfigProvider.getConfig(),
            List.of(arguments),
            new PrintStream(words, true, StandardCharsets.UTF_8));
    return new Answer(code, words.toString(StandardCharsets.UTF_8));
  }

  // --- the relay -------------------------------------------------------------------------------

  @Test
  void eventsOfAnAggregateHaveTheirEffectInOrderAndOnceHoweverOftenTheyAreSent() {
    happened(one, 0, 40);
    happened(other, 0, 40);
    eventually(() -> assertEquals(versions(40), readings.applied(other)));
    sql("update outbox set sent_at = null where aggregate_id = '" + one + "'");
    happened(one, 40, 41);

    eventually(() -> assertEquals(versions(41), readings.applied(one)));
    assertTrue(readings.attemptsAt(one) >= 81, "each came twice");
  }

  @Test
  void whatTheBrokerRefusesWaitsLongerAndLongerAndHoldsBackNobodyButItsOwn() throws Exception {
    BROKER.administer(channel -> channel.queueDelete(AWAITED_QUEUE));
    readings.record("awaited", one, 0);
    happened(one, 1, 2);
    happened(other, 0, 1);
    var row = " from outbox where type = 'awaited' and aggregate_id = '" + one + "'";

    eventually(() -> assertEquals(versions(1), readings.applied(other)));
    eventually(() -> assertTrue(number("select attempts" + row) >= 2, "it is tried again"));
    sql(
        "update outbox set attempts = 9, retry_at = null where type = 'awaited' and"
            + " aggregate_id = '"
            + one
            + "'");
    eventually(() -> assertEquals(1, metric("outbox_parked_events")));
    assertTrue(metric("outbox_oldest_waiting_seconds") > 0);
    assertEquals(1, number("select count(*)" + row + " and retry_at > " + in(20)));
    assertEquals(0, number("select count(*)" + row + " and retry_at > " + in(61)));
    assertEquals(List.of(), readings.applied(one));

    BROKER.administer(channel -> Broker.bind(channel, AWAITED_QUEUE, List.of("awaited")));
    sql("update outbox set retry_at = null where aggregate_id = '" + one + "'");
    eventually(() -> assertEquals(List.of(1L), readings.applied(one)));
    assertEquals(0, metric("outbox_parked_events"));
    BROKER.administer(
        channel -> assertEquals(1, channel.queuePurge(AWAITED_QUEUE).getMessageCount()));
  }

  private static String in(int seconds) {
    return "current_timestamp + interval '" + seconds + "' second";
  }

  @Test
  void theThirdTimeThatItIsParkedItWaitsForFourMinutesAndNeverForMoreThanAnHour() {
    var pauses =
        Stream.of(0, 8, 9, 10, 11, 14, 15, 16, 40, 1_000_000)
            .map(attempts -> new Outbox.Unsent(1, null, attempts).pause().toSeconds())
            .toList();
    assertEquals(List.of(1L, 1L, 60L, 120L, 240L, 1920L, 3600L, 3600L, 3600L, 3600L), pauses);
  }

  @Test
  void anEventThatNoBrokerCanTakeIsSetAsideAndTheOthersFlow() {
    sql("alter table outbox alter column type set data type varchar(400)");
    readings.record("x".repeat(300), one, 0);
    happened(other, 0, 20);

    eventually(() -> assertEquals(versions(20), readings.applied(other)));
    eventually(
        () -> assertTrue(number("select attempts from outbox where length(type) = 300") > 0));
    sql("delete from outbox where length(type) = 300");
  }

  @Test
  void aChannelThatTheBrokerClosesLosesNothing() throws Exception {
    happened(one, 0, 5);
    eventually(() -> assertEquals(versions(5), readings.applied(one)));
    BROKER.administer(channel -> channel.exchangeDelete(Broker.EXCHANGE));
    happened(one, 5, 30);

    eventually(() -> assertEquals(versions(30), readings.applied(one)));
  }

  @Test
  void twoRelaysThatTakeEachOthersLanesKeepTheOrder() throws Exception {
    var workers = new Workers(SERVICE.bean(MetricRegistry.class));
    new Relay(SERVICE.bean(Outbox.class), SERVICE.bean(Broker.class), workers).start(new Startup());
    var aggregates = Stream.generate(UUID::randomUUID).limit(8).toList();
    for (int version = 0; version < 60; version++) {
      for (var aggregate : aggregates) {
        readings.record("happened", aggregate, version);
      }
      sql(
          "update outbox_lane set lease_until = timestamp '2000-01-01 00:00:00', owner = ''"
              + " where mod(lane, 2) = "
              + version % 2);
    }

    for (var aggregate : aggregates) {
      eventually(() -> assertEquals(versions(60), readings.applied(aggregate)));
    }
    workers.stop("the end");
  }

  @Test
  void relaysShareTheLanesAndTheOneThatIsLeftTakesAll() throws Exception {
    var most =
        "select max(held) from (select count(*) held from outbox_lane"
            + " where lease_until > current_timestamp group by owner) as shares";
    eventually(() -> assertEquals(Outbox.LANES, number(most)));
    var workers = new Workers(SERVICE.bean(MetricRegistry.class));
    new Relay(SERVICE.bean(Outbox.class), SERVICE.bean(Broker.class), workers).start(new Startup());
    eventually(() -> assertEquals(Outbox.LANES / 2, number(most)));
    var aggregates = Stream.generate(UUID::randomUUID).limit(40).toList();
    aggregates.forEach(aggregate -> happened(aggregate, 0, 3));
    for (var aggregate : aggregates) {
      eventually(() -> assertEquals(versions(3), readings.applied(aggregate)));
    }
    workers.stop("the end");
    eventually(() -> assertEquals(Outbox.LANES, number(most)));
  }

  @Test
  void whatWaitsTogetherIsTakenTogetherAndOneThatFailsHarmsNoOther() {
    readings.refuse(one);
    var aggregates = Stream.generate(UUID::randomUUID).limit(20).toList();
    readings.record("happened", aggregates, one);
    for (var aggregate : aggregates) {
      eventually(() -> assertEquals(versions(1), readings.applied(aggregate)));
    }
    eventually(() -> assertTrue(deadLetters("list", Readings.QUEUE).words.contains(" 1")));
    readings.accept(one);
    assertEquals(0, deadLetters("replay", Readings.QUEUE).code);
    eventually(() -> assertEquals(versions(1), readings.applied(one)));
  }

  @Test
  void aBrokerThatIsKilledInTheMiddleLosesNothingThatItConfirmed() {
    happened(one, 0, 50);
    BROKER.kill();
    happened(one, 50, 100);
    BROKER.start();
    happened(one, 100, 120);

    eventually(() -> assertEquals(versions(120), readings.applied(one)));
  }

  // --- consumers and their dead letters --------------------------------------------------------

  @Test
  void whatNoAttemptCanHandleIsKeptAndComesBackWhenAnOperatorSaysSo() {
    readings.refuse(one);
    happened(one, 0, 1);
    happened(other, 0, 1);
    eventually(() -> assertEquals(versions(1), readings.applied(other)));
    assertTrue(5 <= readings.attemptsAt(one), "five times alone, once perhaps with others");
    eventually(() -> assertEquals(1, metric("dead_letters")));

    assertEquals(
        "%-40s %s%n".formatted(Readings.QUEUE, 1), deadLetters("list", Readings.QUEUE).words);
    var shown = deadLetters("show", Readings.QUEUE);
    assertTrue(shown.words.contains("happened " + one), shown::words);
    assertTrue(shown.words.contains("I don't like " + one), shown::words);
    assertTrue(shown.words.contains("body    {\"version\":0}"), shown::words);
    assertTrue(deadLetters("show", Readings.QUEUE).words.contains("1 dead letters"), "it stays");
    var unknown = deadLetters("replay", Readings.QUEUE, "4711");
    assertEquals(1, unknown.code, unknown::words);
    assertTrue(unknown.words.contains("0 replayed"), unknown::words);

    readings.accept(one);
    var replayed = deadLetters("replay", Readings.QUEUE);
    assertEquals(0, replayed.code, replayed::words);
    assertTrue(replayed.words.contains("1 replayed"), replayed::words);
    eventually(() -> assertEquals(versions(1), readings.applied(one)));
    assertTrue(deadLetters("list", Readings.QUEUE).words.contains(" 0"));
  }

  @Test
  void whatIsReplayedInVainIsNotTakenTwice() {
    readings.refuse(one);
    happened(one, 0, 2);
    eventually(() -> assertTrue(deadLetters("list", Readings.QUEUE).words.contains(" 2")));
    long before = readings.attemptsAt(one);
    assertTrue(10 <= before);

    var replayed = deadLetters("replay", Readings.QUEUE);
    assertTrue(replayed.words.contains("2 replayed"), replayed::words);
    eventually(() -> assertTrue(10 <= readings.attemptsAt(one) - before));
    eventually(() -> assertTrue(deadLetters("list", Readings.QUEUE).words.contains(" 2")));
    var dropped = deadLetters("drop", Readings.QUEUE);
    assertEquals(0, dropped.code, dropped::words);
    assertTrue(dropped.words.contains("body    {\"version\":1}"), dropped::words);
    assertTrue(deadLetters("list", Readings.QUEUE).words.contains(" 0"));
  }

  @Test
  void aMessageThatIsNoEventIsADeadLetterAtOnce() throws Exception {
    BROKER.administer(
        channel ->
            channel.basicPublish(
                "", Readings.QUEUE, MessageProperties.BASIC, "?".getBytes(StandardCharsets.UTF_8)));
    eventually(() -> assertTrue(deadLetters("list", Readings.QUEUE).words.contains(" 1")));

    var shown = deadLetters("show", Readings.QUEUE);
    assertTrue(shown.words.contains("is no event"), shown::words);
    assertTrue(shown.words.contains("no id"), shown::words);
    assertEquals(0, deadLetters("drop", Readings.QUEUE).code);
  }

  @Test
  void aWrongCallExplainsItself() {
    for (var call :
        List.of(new String[0], new String[] {"replay"}, new String[] {"show", "a", "b"})) {
      var answer = deadLetters(call);
      assertEquals(2, answer.code);
      assertTrue(answer.words.startsWith("Usage: "));
    }
    assertEquals(0, deadLetters("--help").code);
    var nothing = deadLetters("show", "nobody.knows");
    assertEquals(1, nothing.code);
    assertEquals("There is no queue nobody.knows.dead.", nothing.words.strip());
    assertEquals(1, deadLetters("list").code);
  }

  /** Notes what it gets. */
  private record Reader(List<Long> got) implements EventHandler {
    @Override
    public String queue() {
      return "fixture.shared";
    }

    @Override
    public Set<String> types() {
      return Set.of("shared");
    }

    @Override
    public void on(Event event) {
      got.add(event.version());
    }
  }

  /** Takes all that waits at once, or nothing of it. */
  private record Batches(List<List<Long>> taken, long poison) implements BatchHandler {
    @Override
    public String queue() {
      return "fixture.batches";
    }

    @Override
    public Set<String> types() {
      return Set.of("batched");
    }

    @Override
    public void on(List<Event> events) {
      var versions = events.stream().map(Event::version).toList();
      if (versions.contains(poison)) {
        throw new IllegalStateException("I don't like " + poison);
      }
      taken.add(versions);
    }
  }

  @Test
  void whoTakesBatchesIsHandedWhatWaitsAtOnceAndThePoisonAlone() throws Exception {
    var batches = new Batches(new CopyOnWriteArrayList<>(), 99);
    BROKER.administer(channel -> Broker.bind(channel, batches.queue(), batches.types()));
    for (int version = 0; version < 20; version++) {
      readings.record("batched", one, version);
    }
    eventually(
        () ->
            BROKER.administer(channel -> assertEquals(20, channel.messageCount(batches.queue()))));
    var workers = new Workers(SERVICE.bean(MetricRegistry.class));
    var consumer = new Consumer(batches, SERVICE.bean(Broker.class), SERVICE.bean(Inbox.class));
    consumer.start(workers);

    eventually(
        () -> assertEquals(versions(20), batches.taken.stream().flatMap(List::stream).toList()));
    assertTrue(batches.taken.size() < 20, batches.taken::toString);

    for (int version = 98; version < 101; version++) {
      readings.record("batched", one, version);
    }
    eventually(() -> assertTrue(deadLetters("list", batches.queue()).words.contains(" 1")));
    eventually(() -> assertTrue(batches.taken.stream().anyMatch(taken -> taken.contains(100L))));
    assertTrue(batches.taken.stream().anyMatch(taken -> taken.contains(98L)));
    assertEquals(0, deadLetters("drop", batches.queue()).code);
    workers.stop("the end");
  }

  /** As a stack that overflows at one message: the next ones wait for nothing. */
  @Test
  void anErrorAtOneMessageIsThatMessagesOwn() {
    readings.overflowAt(one);
    happened(one, 0, 1);
    happened(other, 0, 3);
    eventually(() -> assertEquals(versions(3), readings.applied(other)));
    eventually(() -> assertTrue(deadLetters("list", Readings.QUEUE).words.contains(" 1")));
    readings.accept(one);
    assertEquals(0, deadLetters("replay", Readings.QUEUE).code);
    eventually(() -> assertEquals(versions(1), readings.applied(one)));
  }

  @Test
  void ofTwoReplicasOneReadsUntilItIsGone() throws Exception {
    var first = new Reader(new CopyOnWriteArrayList<>());
    var second = new Reader(new CopyOnWriteArrayList<>());
    var reading = new Consumer(first, SERVICE.bean(Broker.class), SERVICE.bean(Inbox.class));
    var standingBy = new Consumer(second, SERVICE.bean(Broker.class), SERVICE.bean(Inbox.class));
    var workers =
        Stream.generate(() -> new Workers(SERVICE.bean(MetricRegistry.class))).limit(2).toList();
    reading.start(workers.getFirst());
    eventually(() -> assertFalse(Double.isNaN(reading.deadLetters())));
    standingBy.start(workers.getLast());
    shared(0, 40);
    eventually(() -> assertEquals(versions(40), first.got));
    assertEquals(List.of(), second.got);

    workers.getFirst().stop("the end");
    shared(40, 50);
    eventually(() -> assertEquals(LongStream.range(40, 50).boxed().toList(), second.got));
    BROKER.administer(channel -> channel.queueDelete("fixture.shared"));
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(
            () -> BROKER.administer(channel -> channel.queueDeclarePassive("fixture.shared")));
    workers.getLast().stop("the end");
  }

  private void shared(int from, int to) {
    for (int version = from; version < to; version++) {
      readings.record("shared", one, version);
    }
  }
}
