package emporion.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import emporion.chassis.data.Failures;
import emporion.chassis.telemetry.Trace;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One queue's consumer: takes, hands over, acknowledges; reconnects without end. */
final class Consumer {
  private static final Logger LOG = System.getLogger(Consumer.class.getName());
  private static final int PREFETCH = 64;
  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 3_200;
  private static final long BROKEN_MILLIS = 1_000;
  private static final long CONFIRM_MILLIS = 10_000;

  private final EventHandler handler;
  private final Broker broker;
  private volatile boolean stopped;
  private boolean broken;
  private Thread thread;

  Consumer(EventHandler handler, Broker broker) {
    this.handler = handler;
    this.broker = broker;
  }

  void start() {
    thread = Thread.ofVirtual().name("consumer-" + handler.queue()).start(this::run);
  }

  void stop() {
    stopped = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        consume();
      } catch (IOException | TimeoutException | RuntimeException e) {
        if (!broken) {
          LOG.log(Level.WARNING, "Queue " + handler.queue() + " can't be read for now: " + e);
          broken = true;
        }
        pause(BROKEN_MILLIS);
      } catch (InterruptedException e) {
        stopped = true;
      }
    }
  }

  private void consume() throws IOException, TimeoutException, InterruptedException {
    var connection = broker.connect("consumer " + handler.queue());
    try {
      var channel = open(connection);
      var deliveries = new LinkedBlockingQueue<Delivery>();
      channel.basicConsume(
          handler.queue(), false, (tag, delivery) -> deliveries.add(delivery), tag -> {});
      broken = false;
      while (!stopped && channel.isOpen()) {
        takeOne(channel, deliveries);
      }
    } finally {
      connection.abort(1_000);
    }
  }

  private Channel open(Connection connection) throws IOException {
    var channel = connection.createChannel();
    Broker.bind(channel, handler.queue(), handler.types());
    channel.queueDeclare(dead(), true, false, false, null);
    channel.basicQos(PREFETCH);
    channel.confirmSelect();
    return channel;
  }

  private void takeOne(Channel channel, BlockingQueue<Delivery> deliveries)
      throws IOException, TimeoutException, InterruptedException {
    var delivery = deliveries.poll(1, TimeUnit.SECONDS);
    if (delivery != null) {
      if (!handled(delivery)) {
        bury(channel, delivery);
      }
      channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
    }
  }

  private boolean handled(Delivery delivery) throws InterruptedException {
    Event event;
    try {
      event = Broker.event(delivery.getProperties(), delivery.getBody());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A message of " + handler.queue() + " is no event: " + e);
      return false;
    }
    return handled(event);
  }

  /**
   * While the database is away nothing counts as an attempt. Commits fail with checked exceptions
   * that no method declares: one must not end the thread.
   */
  private boolean handled(Event event) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; ) {
      try {
        hand(event);
        return true;
      } catch (Exception e) {
        LOG.log(Level.WARNING, "Attempt " + attempt + " at a message of " + handler.queue(), e);
        attempt += Failures.isOutage(e) ? 0 : 1;
      }
      if (attempt > ATTEMPTS) {
        return false;
      }
      if (stopped) {
        throw new InterruptedException("The service stops; the message comes again");
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 4);
    }
  }

  private void hand(Event event) {
    Trace.begin(event.traceparent());
    try {
      handler.on(event);
    } finally {
      Trace.end();
    }
  }

  /** The dead letter is safe with the broker before the original is acknowledged. */
  private void bury(Channel channel, Delivery delivery)
      throws IOException, TimeoutException, InterruptedException {
    LOG.log(Level.ERROR, "A message of " + handler.queue() + " goes to " + dead());
    channel.basicPublish("", dead(), true, delivery.getProperties(), delivery.getBody());
    channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
  }

  private String dead() {
    return handler.queue() + ".dead";
  }

  private void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
