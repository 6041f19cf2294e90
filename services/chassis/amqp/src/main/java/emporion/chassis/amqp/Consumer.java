package emporion.chassis.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import emporion.chassis.data.Failures;
import emporion.chassis.messaging.BatchHandler;
import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.EventHandler;
import emporion.chassis.messaging.Inbox;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.telemetry.Trace;
import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One queue's consumer: takes, hands over, acknowledges; reconnects without end. What waits already
 * is handed over in one transaction; where that fails, each event has one of its own. It reads
 * alone, since two would overtake each other; where another replica reads already, it stands by.
 */
final class Consumer {
  private static final Logger LOG = System.getLogger(Consumer.class.getName());
  private static final int BATCH = 64;
  private static final int PREFETCH = 2 * BATCH;
  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 3_200;
  private static final Duration BROKEN = Duration.ofSeconds(1);
  private static final long CONFIRM_MILLIS = 10_000;
  private static final long COUNTED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final EventHandler handler;
  private final Broker broker;
  private final Inbox inbox;
  private volatile double deadLetters = Double.NaN;
  private boolean broken;
  private long countedAt;
  private Worker worker;

  Consumer(EventHandler handler, Broker broker, Inbox inbox) {
    this.handler = handler;
    this.broker = broker;
    this.inbox = inbox;
  }

  String queue() {
    return handler.queue();
  }

  /** How many dead letters wait; not a number where this replica does not read. */
  double deadLetters() {
    return deadLetters;
  }

  void start(Workers workers) {
    worker = workers.start("consumer-" + queue(), this::round);
  }

  private Duration round() throws InterruptedException {
    try {
      consume();
      return Duration.ZERO;
    } catch (IOException | TimeoutException | RuntimeException e) {
      tell(e);
      return BROKEN;
    } finally {
      deadLetters = Double.NaN;
    }
  }

  private void tell(Exception failure) {
    if (!broken && isTaken(failure)) {
      LOG.log(Level.INFO, "Another replica reads queue " + queue() + "; this one stands by");
    } else if (!broken) {
      LOG.log(Level.WARNING, "Queue " + queue() + " can't be read for now: " + failure);
    }
    broken = true;
  }

  private static boolean isTaken(Exception failure) {
    return failure.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.ACCESS_REFUSED;
  }

  private void consume() throws IOException, TimeoutException, InterruptedException {
    var connection = broker.connect("consumer " + queue());
    try {
      var channel = open(connection);
      var deliveries = subscribe(channel);
      broken = false;
      while (!worker.stopping() && channel.isOpen()) {
        take(channel, deliveries);
        count(channel);
      }
    } finally {
      connection.abort(1_000);
    }
  }

  private Channel open(Connection connection) throws IOException {
    var channel = connection.createChannel();
    Broker.bind(channel, queue(), handler.types());
    Broker.declareDead(channel, queue());
    channel.basicQos(PREFETCH);
    channel.confirmSelect();
    return channel;
  }

  private BlockingQueue<Delivery> subscribe(Channel channel) throws IOException {
    var deliveries = new LinkedBlockingQueue<Delivery>();
    channel.basicConsume(
        queue(),
        false,
        "",
        false,
        true,
        null,
        (tag, delivery) -> deliveries.add(delivery),
        tag -> {});
    return deliveries;
  }

  private void take(Channel channel, BlockingQueue<Delivery> deliveries)
      throws IOException, TimeoutException, InterruptedException {
    var first = deliveries.poll(1, TimeUnit.SECONDS);
    if (first == null) {
      return;
    }
    var batch = new ArrayList<>(List.of(first));
    deliveries.drainTo(batch, BATCH - 1);
    if (batch.size() > 1 && together(batch)) {
      channel.basicAck(batch.getLast().getEnvelope().getDeliveryTag(), true);
    } else {
      for (var delivery : batch) {
        takeOne(channel, delivery);
      }
    }
  }

  /** False where one of them can't be handled now, or ever: then nothing has happened. */
  private boolean together(List<Delivery> batch) {
    try {
      var events = batch.stream().map(d -> Broker.event(d.getProperties(), d.getBody())).toList();
      if (handler instanceof BatchHandler all) {
        hand(events, () -> all.on(events));
      } else {
        handle(events);
      }
      return true;
    } catch (Throwable e) {
      LOG.log(Level.DEBUG, "The messages of " + queue() + " go one by one", e);
      return false;
    }
  }

  /**
   * Each event is a part of its own trace; what they have in common is one that is linked to all.
   */
  private void handle(List<Event> events) {
    var span = span(Kind.CLIENT, "receive", Trace.begun());
    span.with("messaging.batch.message_count", events.size());
    events.stream().map(Event::trace).filter(it -> !it.root()).forEach(span::linkedTo);
    var ids = events.stream().map(Event::id).toList();
    try {
      span.run(() -> inbox.together(queue(), ids, () -> events.forEach(this::hand)));
    } catch (Throwable e) {
      span.failed(e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }

  private void takeOne(Channel channel, Delivery delivery)
      throws IOException, TimeoutException, InterruptedException {
    var failure = failure(delivery);
    if (!failure.isEmpty()) {
      bury(channel, delivery, failure);
    }
    channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
  }

  /**
   * Not every broker tells a consumer that its queue was deleted: this fails, and it is made again.
   */
  private void count(Channel channel) throws IOException {
    var now = System.nanoTime();
    if (Double.isNaN(deadLetters) || now - countedAt > COUNTED_NANOS) {
      channel.queueDeclarePassive(queue());
      deadLetters = channel.messageCount(Broker.dead(queue()));
      countedAt = now;
    }
  }

  /** Why a message can't be handled; empty where it was. */
  private String failure(Delivery delivery) throws InterruptedException {
    Event event;
    try {
      event = Broker.event(delivery.getProperties(), delivery.getBody());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A message of " + queue() + " is no event: " + e);
      return "Not an event: " + e.getMessage();
    }
    return failure(event);
  }

  /**
   * While the database is away nothing counts as an attempt. Anything else does, also an error, as
   * a stack that one message makes overflow: the others wait behind it.
   */
  private String failure(Event event) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; ) {
      try {
        hand(event);
        return "";
      } catch (Throwable e) {
        LOG.log(Level.WARNING, "Attempt " + attempt + " at a message of " + queue(), e);
        attempt += Failures.isOutage(e) ? 0 : 1;
        if (attempt > ATTEMPTS) {
          return e.toString();
        }
      }
      if (worker.stopping()) {
        throw new InterruptedException("The service stops; the message comes again");
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 4);
    }
  }

  private void hand(Event event) {
    hand(List.of(event), () -> handler.on(event));
  }

  /** The work is told by a span in the trace of each event; what it calls, in that of the last. */
  private void hand(List<Event> events, Runnable work) {
    var last = events.getLast();
    var spans = events.stream().map(this::span).toList();
    try {
      spans.getLast().run(last.trace(), work);
    } catch (Throwable e) {
      spans.forEach(span -> span.failed(e.getClass().getName()));
      throw e;
    } finally {
      spans.forEach(Span::end);
    }
  }

  private Span span(Event event) {
    return span(Kind.CONSUMER, "process", event.trace())
        .with("messaging.rabbitmq.destination.routing_key", event.type())
        .with("messaging.message.id", event.id());
  }

  private Span span(Kind kind, String operation, Trace trace) {
    return Span.start(kind, operation + " " + queue(), trace)
        .with("messaging.system", "rabbitmq")
        .with("messaging.operation.name", operation)
        .with("messaging.operation.type", operation)
        .with("messaging.destination.name", queue());
  }

  /**
   * The dead letter is safe with the broker before the original is acknowledged. Its queue is made
   * again in case somebody has deleted it: RabbitMQ confirms also what finds no queue.
   */
  private void bury(Channel channel, Delivery delivery, String failure)
      throws IOException, TimeoutException, InterruptedException {
    var dead = Broker.dead(queue());
    LOG.log(Level.ERROR, "A message of " + queue() + " goes to " + dead);
    Broker.declareDead(channel, queue());
    var properties = Broker.dying(delivery.getProperties(), failure);
    channel.basicPublish("", dead, true, properties, delivery.getBody());
    channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
  }
}
