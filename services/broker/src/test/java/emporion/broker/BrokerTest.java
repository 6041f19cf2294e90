package emporion.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What services, their relay and outside readers of the events do with the queues. */
class BrokerTest {
  private static final int UNREAD_MAX = 8;
  private static final String PASSWORD = "p$$ss${word}$";

  @TempDir static Path folder;
  private static Server server;
  private Connection connection;
  private Channel channel;

  @BeforeAll
  static void start() throws Exception {
    Main.setLibraryDefaults();
    var settings = new HashMap<>(Fixtures.anyPorts(folder));
    settings.put("EMPORION_BROKER_PASSWORD", PASSWORD);
    settings.put("EMPORION_BROKER_UNREAD_MAX", Integer.toString(UNREAD_MAX));
    server = Server.start(Settings.read(settings::get));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    connection = Fixtures.connect("guest:guest", server.amqpPort().orElseThrow());
    channel = Fixtures.topology(connection);
    channel.confirmSelect();
    channel.queuePurge(Fixtures.QUEUE);
  }

  @AfterEach
  void disconnect() {
    connection.abort();
  }

  static boolean admitted(String userInfo, int port) throws Exception {
    try (var connection = Fixtures.connect(userInfo, port)) {
      return connection.isOpen();
    } catch (PossibleAuthenticationFailureException e) {
      return false;
    }
  }

  @Test
  void admitsWhoKnowsThePassword() throws Exception {
    var encoded = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
    assertTrue(admitted("emporion:" + encoded, server.amqpPort().orElseThrow()));
    assertTrue(admitted("guest:guest", server.amqpPort().orElseThrow()));
    for (var other : Set.of("emporion:emporion", "guest:wrong", "nobody:guest")) {
      assertFalse(admitted(other, server.amqpPort().orElseThrow()), other);
    }
  }

  @Test
  void saysThatItConfirms() {
    var capabilities = (Map<?, ?>) connection.getServerProperties().get("capabilities");
    assertEquals(Map.of("publisher_confirms", true, "basic.nack", true), capabilities);
    assertTrue(connection.getServerProperties().get("product") instanceof LongString);
  }

  @Test
  void routesByTypeAndConfirms() throws Exception {
    Fixtures.publish(channel, Fixtures.QUEUE, "first");
    Fixtures.publish(channel, Fixtures.QUEUE, "second");
    assertTrue(channel.waitForConfirms(5_000));
    assertEquals(Set.of("first", "second"), Fixtures.drain(channel));
  }

  @Test
  void keepsHeadersAndPersistence() throws Exception {
    var properties =
        MessageProperties.PERSISTENT_BASIC
            .builder()
            .contentType("application/json")
            .headers(Map.of("cloudEvents_type", "order_created"))
            .build();
    channel.basicPublish(
        Fixtures.EXCHANGE, Fixtures.QUEUE, true, properties, new byte[] {'{', '}'});
    channel.waitForConfirmsOrDie(20_000);
    var got = channel.basicGet(Fixtures.QUEUE, true);
    assertEquals(2, got.getProps().getDeliveryMode());
    assertEquals("application/json", got.getProps().getContentType());
    assertEquals("order_created", got.getProps().getHeaders().get("cloudEvents_type").toString());
    assertArrayEquals(new byte[] {'{', '}'}, got.getBody());
  }

  @Test
  void givesBackAMandatoryMessageThatNobodyWaitsFor() throws Exception {
    var returned = new CompletableFuture<String>();
    channel.addReturnListener(message -> returned.complete(message.getRoutingKey()));
    Fixtures.publish(channel, "nobody_reads_this", "lost?");
    assertFalse(channel.waitForConfirms(5_000), "it is nacked too");
    assertEquals("nobody_reads_this", returned.get(20, TimeUnit.SECONDS));
  }

  @Test
  void whatIsNackedComesAgain() throws Exception {
    Fixtures.publish(channel, Fixtures.QUEUE, "again");
    channel.waitForConfirmsOrDie(20_000);
    var first = channel.basicGet(Fixtures.QUEUE, false);
    assertFalse(first.getEnvelope().isRedeliver());
    channel.basicNack(first.getEnvelope().getDeliveryTag(), false, true);
    var second = channel.basicGet(Fixtures.QUEUE, true);
    assertTrue(second.getEnvelope().isRedeliver());
    assertArrayEquals(first.getBody(), second.getBody());
  }

  @Test
  void deliversNoMoreThanAConsumerAskedFor() throws Exception {
    for (int i = 0; i < 5; i++) {
      Fixtures.publish(channel, Fixtures.QUEUE, Integer.toString(i));
    }
    channel.waitForConfirmsOrDie(20_000);
    channel.basicQos(2);
    var tags = new CopyOnWriteArrayList<Long>();
    channel.basicConsume(
        Fixtures.QUEUE,
        false,
        (tag, message) -> tags.add(message.getEnvelope().getDeliveryTag()),
        tag -> {});
    Awaitility.await().until(() -> tags.size() == 2);
    assertEquals(3, channel.messageCount(Fixtures.QUEUE) - tags.size());
    channel.basicAck(tags.getLast(), true);
    Awaitility.await().until(() -> tags.size() == 4);
  }

  @Test
  void aDeadLetterIsPublishedPlainly() throws Exception {
    channel.queueDeclare("order_created.dead", true, false, false, null);
    channel.basicPublish(
        "", "order_created.dead", true, MessageProperties.PERSISTENT_BASIC, new byte[] {1});
    assertTrue(channel.waitForConfirms(5_000));
    assertArrayEquals(new byte[] {1}, channel.basicGet("order_created.dead", true).getBody());
  }

  @Test
  void anOutsideReaderMayDeclareTheQueueAgain() throws Exception {
    try (var outside = Fixtures.connect("guest:guest", server.amqpPort().orElseThrow())) {
      var reader = outside.createChannel();
      reader.queueDeclarePassive(Fixtures.QUEUE);
      reader.queueDeclare(Fixtures.QUEUE, true, false, false, null);
      Fixtures.publish(channel, Fixtures.QUEUE, "for all");
      channel.waitForConfirmsOrDie(20_000);
      assertEquals(Set.of("for all"), Fixtures.drain(reader));
    }
  }

  @Test
  void keepsTheNewestWhereNobodyReads() throws Exception {
    for (int i = 0; i <= UNREAD_MAX; i++) {
      Fixtures.publish(channel, Fixtures.QUEUE, Integer.toString(i));
    }
    channel.waitForConfirmsOrDie(20_000);
    var kept = Fixtures.drain(channel);
    assertEquals(UNREAD_MAX, kept.size());
    assertFalse(kept.contains("0"));
    assertTrue(kept.contains(Integer.toString(UNREAD_MAX)));
  }

  @Test
  void refusesAMessageThatIsTooLarge() throws Exception {
    channel.basicPublish(
        Fixtures.EXCHANGE, Fixtures.QUEUE, MessageProperties.PERSISTENT_BASIC, new byte[9 << 20]);
    Awaitility.await().until(() -> !channel.isOpen());
    assertTrue(connection.isOpen());
  }

  @Test
  void aSecondBrokerKeepsOffTheSameData() {
    var again = Settings.read(Fixtures.anyPorts(folder)::get);
    var refused = assertThrows(StartFailure.class, () -> Server.start(again));
    assertTrue(refused.getMessage().startsWith("Another broker works on "), refused::getMessage);
  }
}
