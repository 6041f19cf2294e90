package emporion.faults;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A foreign reader of all events; it can also send them again, late and out of order. */
final class Tap implements Closeable {
  private static final String QUEUE = "faults.tap";
  private static final String EXCHANGE = "emporion.events";
  private static final String ATTRIBUTE = "cloudEvents_";

  /** The queues of the services' own consumers, and what they read. */
  static final Map<String, List<String>> CONSUMERS =
      Map.of(
          "order-service.refunds", List.of("payment_refunded", "payment_voided"),
          "notification-service.orders",
              List.of("order_confirmed", "order_cancelled", "payment_refunded"),
          "product-service.orders", List.of("order_confirmed"),
          "notification-service.users", List.of("user_registered", "user_changed", "user_erased"));

  /** One arrival of one event. */
  record Sighting(String id, String type, String subject, long version) {}

  private final ConnectionFactory factory = new ConnectionFactory();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Sighting> sightings = new ArrayList<>();
  private final Thread thread;
  private volatile Connection connection;
  private volatile boolean closed;

  Tap(int port, String password) throws InterruptedException {
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    factory.setUsername("emporion");
    factory.setPassword(password);
    factory.setAutomaticRecoveryEnabled(false);
    thread = Thread.ofVirtual().name("tap").start(this::stayConnected);
    while (connection == null) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void stayConnected() {
    while (!closed) {
      try (var now = factory.newConnection("faults tap")) {
        listen(now);
        connection = now;
        while (now.isOpen() && !closed) {
          TimeUnit.MILLISECONDS.sleep(200);
        }
      } catch (IOException | TimeoutException | RuntimeException e) {
        rest();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void listen(Connection now) throws IOException {
    var channel = now.createChannel();
    channel.exchangeDeclare(EXCHANGE, "topic", true);
    channel.queueDeclare(QUEUE, true, false, false, null);
    channel.queueBind(QUEUE, EXCHANGE, "#");
    channel.basicConsume(QUEUE, false, (tag, delivery) -> see(channel, delivery), tag -> {});
  }

  private synchronized void see(Channel channel, Delivery delivery) throws IOException {
    deliveries.add(delivery);
    sightings.add(
        new Sighting(
            attribute(delivery, "id"),
            attribute(delivery, "type"),
            attribute(delivery, "subject"),
            Long.parseLong(attribute(delivery, "sequence"))));
    channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
  }

  private static String attribute(Delivery delivery, String name) {
    return delivery.getProperties().getHeaders().get(ATTRIBUTE + name).toString();
  }

  synchronized List<Sighting> sightings() {
    return List.copyOf(sightings);
  }

  /** Whether the server of the events takes connections. */
  boolean reachesServer() {
    try (var own = factory.newConnection("faults look")) {
      return own.isOpen();
    } catch (IOException | TimeoutException e) {
      return false;
    }
  }

  /** Sends random earlier events to those who have had them, in any order. */
  int repeat(Random chance, int most) throws IOException, TimeoutException {
    List<Delivery> known;
    synchronized (this) {
      known = List.copyOf(deliveries);
    }
    int sent = 0;
    try (var own = factory.newConnection("faults repeat");
        var channel = own.createChannel()) {
      for (int i = 0; i < most && !known.isEmpty(); i++) {
        var event = known.get(chance.nextInt(known.size()));
        for (var consumer : CONSUMERS.entrySet()) {
          if (consumer.getValue().contains(attribute(event, "type"))) {
            channel.basicPublish("", consumer.getKey(), event.getProperties(), event.getBody());
            sent++;
          }
        }
      }
    }
    return sent;
  }

  /** Sends what no consumer can take: no event at all, broken JSON, and a huge one. */
  int poison(Random chance) throws IOException, TimeoutException {
    try (var own = factory.newConnection("faults poison");
        var channel = own.createChannel()) {
      for (var queue : CONSUMERS.keySet()) {
        channel.basicPublish("", queue, null, "not an event".getBytes());
        channel.basicPublish("", queue, null, new byte[200_000 + chance.nextInt(2_000_000)]);
      }
    }
    return 2 * CONSUMERS.size();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    thread.interrupt();
    if (connection != null) {
      connection.abort(1_000);
    }
  }
}
