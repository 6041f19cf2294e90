package emporion.notification;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.port.AmqpPort;

/** A real AMQP broker in the test's process, and neighbours that publish as services do. */
public final class TestBroker {
  private static final String EXCHANGE = "emporion.events";

  private final int port;
  private final Channel channel;

  private TestBroker(int port, Channel channel) {
    this.port = port;
    this.channel = channel;
  }

  static TestBroker start() {
    var started = new Started();
    try {
      new SystemLauncher(started)
          .startup(
              Map.of(
                  SystemConfig.TYPE,
                  "Memory",
                  "initialConfigurationLocation",
                  "classpath:test-broker.json",
                  "startupLoggedToSystemOut",
                  "false"));
      var port = (AmqpPort<?>) started.broker.getChildren(Port.class).iterator().next();
      return new TestBroker(port.getBoundPort(), open(port.getBoundPort()));
    } catch (Exception e) {
      throw new IllegalStateException("The test's broker does not start", e);
    }
  }

  private static Channel open(int port) throws Exception {
    var factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    Connection connection = factory.newConnection("test");
    var channel = connection.createChannel();
    channel.exchangeDeclare(EXCHANGE, "topic", true);
    channel.confirmSelect();
    return channel;
  }

  int port() {
    return port;
  }

  /** An event of a new id; returns the id. */
  public UUID publish(String type, UUID subject, long version, String json) {
    var id = UUID.randomUUID();
    publish(id, type, subject, version, json);
    return id;
  }

  /** An event as the chassis sends it. */
  public synchronized void publish(UUID id, String type, UUID subject, long version, String json) {
    var headers = new HashMap<String, Object>();
    headers.put("cloudEvents_specversion", "1.0");
    headers.put("cloudEvents_id", id.toString());
    headers.put("cloudEvents_type", type);
    headers.put("cloudEvents_source", "/test");
    headers.put("cloudEvents_subject", subject.toString());
    headers.put("cloudEvents_time", Instant.now().toString());
    headers.put("cloudEvents_sequence", Long.toString(version));
    var properties =
        new BasicProperties.Builder()
            .contentType("application/json")
            .deliveryMode(2)
            .headers(headers)
            .build();
    try {
      channel.basicPublish(EXCHANGE, type, true, properties, json.getBytes(StandardCharsets.UTF_8));
      channel.waitForConfirmsOrDie(20_000);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many messages lie in a queue. */
  public synchronized long depth(String queue) {
    try {
      return channel.messageCount(queue);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a queue has a reader, so that what is published from now on arrives. */
  synchronized boolean isRead(String queue) {
    try (var probe = channel.getConnection().createChannel()) {
      return probe.queueDeclarePassive(queue).getConsumerCount() > 0;
    } catch (Exception e) {
      return false;
    }
  }

  private static final class Started extends DefaultSystemLauncherListener {
    private Broker<?> broker;

    @Override
    public void onContainerResolve(SystemConfig<?> system) {
      broker = (Broker<?>) system.getContainer();
    }
  }
}
