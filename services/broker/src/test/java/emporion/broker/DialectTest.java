package emporion.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of RabbitMQ ask for beyond AMQP 0-9-1. */
class DialectTest {
  @TempDir static Path folder;
  private static Server server;
  private Connection connection;
  private Channel channel;

  @BeforeAll
  static void start() throws Exception {
    Main.setLibraryDefaults();
    server = Server.start(Settings.read(Fixtures.anyPorts(folder)::get));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    connection = Fixtures.connect("guest:guest", server.amqpPort().orElseThrow());
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  @AfterEach
  void disconnect() {
    connection.abort();
  }

  private void declare(String queue, Map<String, Object> arguments) throws IOException {
    channel.queueDeclare(queue, true, false, false, arguments);
  }

  private void publish(String queue, String body, BasicProperties properties) throws Exception {
    channel.basicPublish("", queue, properties, body.getBytes(StandardCharsets.UTF_8));
    channel.waitForConfirmsOrDie(20_000);
  }

  private String take(String queue) throws IOException {
    var got = channel.basicGet(queue, true);
    return got == null ? null : new String(got.getBody(), StandardCharsets.UTF_8);
  }

  private List<String> takeAll(String queue) throws IOException {
    var bodies = new ArrayList<String>();
    for (var body = take(queue); body != null; body = take(queue)) {
      bodies.add(body);
    }
    return bodies;
  }

  /** What the channel, and it alone, ends with. */
  private int refusal(Work work) throws IOException {
    var once = connection.createChannel();
    assertThrows(IOException.class, () -> work.on(once));
    var reason = (AMQP.Channel.Close) once.getCloseReason().getReason();
    assertTrue(connection.isOpen());
    assertTrue(channel.isOpen());
    return reason.getReplyCode();
  }

  private interface Work {
    void on(Channel channel) throws IOException;
  }

  @Test
  void whatItCannotDoEndsTheChannelAlone() throws IOException {
    for (var argument :
        Map.<String, Object>of(
                "x-dead-letter-exchange", "elsewhere",
                "x-dead-letter-routing-key", "key",
                "x-expires", 60_000,
                "x-queue-type", "quorum",
                "x-overflow", "reject-publish",
                "x-max-priority", 200,
                "x-message-ttl", "soon")
            .entrySet()) {
      var arguments = Map.of(argument.getKey(), argument.getValue());
      int code = refusal(once -> once.queueDeclare("refused", true, false, false, arguments));
      assertEquals(406, code, argument.getKey());
    }
    assertEquals(404, refusal(once -> once.queueDeclarePassive("refused")));
  }

  @Test
  void whatRabbitAnswersOnTheChannelEndsNoConnection() throws Exception {
    channel.exchangeDeclare("direct", "direct");
    assertEquals(406, refusal(once -> once.exchangeDeclare("direct", "topic")));
    assertEquals(406, refusal(once -> once.exchangeDeclare("amq.mine", "direct")));
    var missing = Map.<String, Object>of("alternate-exchange", "missing");
    assertEquals(404, refusal(o -> o.exchangeDeclare("x", "direct", false, false, missing)));
    assertEquals(404, refusal(once -> once.basicGet("missing", true)));
    declare("bound", null);
    assertEquals(406, refusal(once -> once.queueBind("bound", "", "key")));
    channel.queueDeclare("mine", false, true, false, null);
    try (var other = Fixtures.connect("guest:guest", server.amqpPort().orElseThrow())) {
      var theirs = other.createChannel();
      assertThrows(IOException.class, () -> theirs.queueDeclare("mine", false, true, false, null));
      assertTrue(other.isOpen());
    }
  }

  @Test
  void hintsAndWhatNobodyKnowsCountForNothing() throws Exception {
    var hints =
        Map.<String, Object>of(
            "x-queue-type", "classic", "x-queue-mode", "lazy", "x-queue-version", 2, "x-mine", "?");
    declare("hinted", hints);
    declare("hinted", hints);
    publish("hinted", "kept", null);
    assertEquals("kept", take("hinted"));
  }

  @Test
  void aQueueThatIsThereIsNotMadeAnother() throws IOException {
    declare("first", Map.of("x-max-length", 5));
    assertEquals(406, refusal(once -> once.queueDeclare("first", true, false, false, null)));
    assertEquals(
        406, refusal(o -> o.queueDeclare("first", true, false, false, Map.of("x-max-length", 6))));
    assertEquals(
        406, refusal(o -> o.queueDeclare("first", false, false, false, Map.of("x-max-length", 5))));
    channel.queueDeclarePassive("first");
  }

  @Test
  void aMessageExpiresWhenItSays() throws Exception {
    declare("expiring", null);
    publish("expiring", "long", new BasicProperties.Builder().expiration("60000").build());
    assertEquals("long", take("expiring"));
    publish("expiring", "short", new BasicProperties.Builder().expiration("100").build());
    Awaitility.await().until(() -> channel.messageCount("expiring") == 0);
    assertNull(take("expiring"));
  }

  @Test
  void aQueuesMessagesExpire() throws Exception {
    declare("short", Map.of("x-message-ttl", 100));
    declare("long", Map.of("x-message-ttl", 60_000));
    publish("short", "gone", null);
    publish("long", "there", null);
    Awaitility.await().until(() -> channel.messageCount("short") == 0);
    assertEquals("there", take("long"));
  }

  @Test
  void aFullQueueDropsItsOldest() throws Exception {
    declare("full", Map.of("x-max-length", 2, "x-overflow", "drop-head"));
    for (var body : List.of("1", "2", "3")) {
      publish("full", body, null);
    }
    assertEquals(List.of("2", "3"), takeAll("full"));
  }

  @Test
  void whatIsMoreUrgentComesFirst() throws Exception {
    declare("urgent", Map.of("x-max-priority", 5));
    publish("urgent", "none", null);
    for (int priority : new int[] {1, 5, 2}) {
      publish("urgent", "" + priority, new BasicProperties.Builder().priority(priority).build());
    }
    assertEquals(List.of("5", "2", "1", "none"), takeAll("urgent"));
  }

  @Test
  void whatIsRefusedForGoodIsGone() throws Exception {
    declare("poison", null);
    for (var body : List.of("rejected", "nacked")) {
      publish("poison", body, null);
      long tag = channel.basicGet("poison", false).getEnvelope().getDeliveryTag();
      if (body.equals("nacked")) {
        channel.basicNack(tag, false, false);
      } else {
        channel.basicReject(tag, false);
      }
      Awaitility.await().until(() -> channel.messageCount("poison") == 0);
    }
    connection.abort();
    connect();
    assertNull(take("poison"));
    publish("poison", "again", null);
    channel.basicReject(channel.basicGet("poison", false).getEnvelope().getDeliveryTag(), true);
    assertEquals("again", take("poison"));
  }

  @Test
  void whatNobodyTakesGoesToTheAlternateExchange() throws Exception {
    channel.exchangeDeclare("alternate", "fanout");
    declare("unrouted", null);
    channel.queueBind("unrouted", "alternate", "");
    var arguments = Map.<String, Object>of("alternate-exchange", "alternate");
    channel.exchangeDeclare("main", "direct", false, false, arguments);
    channel.basicPublish("main", "nobody", true, null, new byte[] {'x'});
    channel.waitForConfirmsOrDie(20_000);
    assertEquals("x", take("unrouted"));
  }

  @Test
  void aClosedChannelsNumberIsGoodForAnother() throws Exception {
    for (int i = 0; i < 3; i++) {
      var once = connection.createChannel(7);
      assertNotNull(once);
      var wrong = Map.<String, Object>of("x-expires", 1);
      assertThrows(IOException.class, () -> once.queueDeclare("x", true, false, false, wrong));
      assertThrows(ShutdownSignalException.class, () -> once.basicQos(1));
    }
  }
}
