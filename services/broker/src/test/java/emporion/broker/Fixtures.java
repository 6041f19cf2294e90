package emporion.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/** What the tests of this module share: settings on free ports, and a client as services use it. */
final class Fixtures {
  static final String EXCHANGE = "emporion.events";
  static final String QUEUE = "order_created";

  private Fixtures() {}

  static Map<String, String> anyPorts(Path folder) {
    return Map.of(
        "EMPORION_BROKER_DATA", folder.resolve("broker").toString(),
        "EMPORION_MAILBOX_DIR", folder.resolve("mailbox").toString(),
        "EMPORION_BROKER_PORT", "0",
        "EMPORION_BROKER_HEALTH_PORT", "0",
        "EMPORION_MAILBOX_PORT", "0");
  }

  static Connection connect(String userInfo, int port) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri("amqp://" + userInfo + "@127.0.0.1:" + port);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }

  /** The exchange and the queue, declared as services and outside readers do. */
  static Channel topology(Connection connection) throws IOException {
    var channel = connection.createChannel();
    channel.exchangeDeclare(EXCHANGE, "topic", true);
    channel.queueDeclare(QUEUE, true, false, false, null);
    channel.queueBind(QUEUE, EXCHANGE, QUEUE);
    return channel;
  }

  static void publish(Channel channel, String type, String body) throws IOException {
    channel.basicPublish(
        EXCHANGE,
        type,
        true,
        MessageProperties.PERSISTENT_BASIC,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes and acknowledges whatever the queue holds. */
  static TreeSet<String> drain(Channel channel) throws IOException {
    var bodies = new TreeSet<String>();
    for (var got = channel.basicGet(QUEUE, true);
        got != null;
        got = channel.basicGet(QUEUE, true)) {
      bodies.add(new String(got.getBody(), StandardCharsets.UTF_8));
    }
    return bodies;
  }
}
