package emporion.chassis.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import emporion.chassis.data.Gauges;
import emporion.chassis.data.Ids;
import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.Outbox;
import emporion.chassis.messaging.Outbox.Unsent;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.annotation.Gauge;

/**
 * Publishes what the outbox holds: persistent, mandatory where a reader is known, confirmed by the
 * broker in batches, and marked as sent only then. Whatever dies in between is published again.
 * While the broker is away the events wait in the database.
 */
@ApplicationScoped
public class Relay {
  private static final Logger LOG = System.getLogger(Relay.class.getName());
  private static final int BATCH = 256;
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** So long an event waits for others to travel with. */
  private static final Duration GATHER = Duration.ofMillis(50);

  private static final Duration LEASE_KEPT = Duration.ofSeconds(5);
  private static final Duration BROKEN = Duration.ofSeconds(1);
  private static final long CONFIRM_MILLIS = 10_000;

  private final String owner = Ids.next().toString();
  private Outbox outbox;
  private Broker broker;
  private Workers workers;
  private Worker worker;
  private boolean broken;
  private Connection connection;
  private Channel channel;
  private Confirms confirms;

  /** Whether something was recorded since the last look, or is likely to have been. */
  private volatile boolean recorded;

  /** So many events go one by one, since one of them may be what closed the channel. */
  private int suspects;

  private List<Integer> lanes = List.of();
  private long leasedAt;

  Relay() {}

  @Inject
  Relay(Outbox outbox, Broker broker, Workers workers) {
    this.outbox = outbox;
    this.broker = broker;
    this.workers = workers;
  }

  @Gauge(
      name = "outbox_waiting_events",
      absolute = true,
      unit = MetricUnits.NONE,
      description = "Events that are to be sent")
  public double waiting() {
    return Gauges.orNaN(() -> outbox.count(false));
  }

  @Gauge(
      name = "outbox_parked_events",
      absolute = true,
      unit = MetricUnits.NONE,
      description = "Events that the broker has refused ten times")
  public double parked() {
    return Gauges.orNaN(() -> outbox.count(true));
  }

  @Gauge(
      name = "outbox_oldest_waiting",
      absolute = true,
      unit = MetricUnits.SECONDS,
      description = "How long the oldest event that is not sent has been waiting")
  public double oldest() {
    return Gauges.orNaN(() -> outbox.oldest().toMillis() / 1_000.0);
  }

  void start(@Observes Startup start) {
    worker = workers.start("outbox-relay", Duration.ZERO, this::round, this::end);
  }

  /** A transaction of this process has left something to send. */
  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Recorded event) {
    recorded = true;
    if (worker != null) {
      worker.wake();
    }
  }

  private void end() {
    disconnect();
    outbox.release(owner);
  }

  /**
   * Events wait while the broker or the database is away. After an error the channel is in a state
   * that nobody knows.
   */
  private Duration round() throws InterruptedException {
    try {
      return send();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return broken(e);
    } catch (Error e) {
      disconnect();
      throw e;
    }
  }

  private Duration send() throws IOException, TimeoutException, InterruptedException {
    if (recorded) {
      Thread.sleep(GATHER);
      recorded = false;
    }
    int sent = relay();
    if (broken) {
      broken = false;
      LOG.log(Level.INFO, "Events flow to the broker again");
    }
    recorded |= sent > 0 && sent < BATCH;
    return sent > 0 ? Duration.ZERO : IDLE;
  }

  private Duration broken(Exception e) {
    Span.current().failed(e.getClass().getName());
    if (!broken) {
      LOG.log(Level.WARNING, "Events wait in the outbox: " + e);
      broken = true;
    }
    disconnect();
    return BROKEN;
  }

  /** How many events were read. */
  private int relay() throws IOException, TimeoutException, InterruptedException {
    lease();
    var limit = suspects > 0 ? 1 : BATCH;
    var events = lanes.isEmpty() ? List.<Unsent>of() : outbox.unsent(lanes, limit);
    if (events.isEmpty()) {
      suspects = 0;
      return 0;
    }
    Worker.busy(events.stream().map(unsent -> unsent.event().trace()).toList());
    publish(events);
    return events.size();
  }

  /** Held for 15 seconds, renewed after five: an idle relay writes nothing in between. */
  private void lease() {
    var now = System.nanoTime();
    if (lanes.isEmpty() || now - leasedAt > LEASE_KEPT.toNanos()) {
      lanes = outbox.lease(owner);
      leasedAt = now;
    }
  }

  /**
   * In waves of one event for each aggregate: what follows leaves when its forerunner is confirmed,
   * so that a refused one is never overtaken. What is left when the lease should be renewed is read
   * again.
   */
  private void publish(List<Unsent> events)
      throws IOException, TimeoutException, InterruptedException {
    var rest = events;
    while (!rest.isEmpty() && System.nanoTime() - leasedAt < LEASE_KEPT.toNanos()) {
      var subjects = new HashSet<String>();
      var wave = rest.stream().filter(unsent -> subjects.add(unsent.event().subject())).toList();
      var refused = wave(wave);
      rest =
          rest.stream()
              .filter(unsent -> !wave.contains(unsent))
              .filter(unsent -> !refused.contains(unsent.event().subject()))
              .toList();
    }
  }

  /** Publishes these; the aggregates of those that the broker refused are the answer. */
  private Set<String> wave(List<Unsent> events)
      throws IOException, TimeoutException, InterruptedException {
    connected();
    events.stream().map(Unsent::event).filter(it -> !it.trace().root()).forEach(Relay::waited);
    var spans = events.stream().map(unsent -> span(unsent.event())).toList();
    try {
      for (int i = 0; i < events.size(); i++) {
        send(events.get(i).event(), spans.get(i));
      }
      channel.waitForConfirms(CONFIRM_MILLIS);
    } catch (IOException | RuntimeException | Error e) {
      spans.forEach(span -> span.failed(e.getClass().getName()));
      if (events.size() == 1 && blamesMessage(e)) {
        return blame(events.getFirst(), e);
      }
      suspects = blamesMessage(e) ? events.size() : suspects;
      throw e;
    } finally {
      spans.forEach(Span::end);
    }
    suspects = Math.max(0, suspects - events.size());
    var refused = events.stream().filter(unsent -> confirms.refused(unsent.event().id())).toList();
    refused.forEach(this::refuse);
    outbox.sent(events.stream().filter(unsent -> !refused.contains(unsent)).toList());
    return refused.stream().map(unsent -> unsent.event().subject()).collect(Collectors.toSet());
  }

  /** From its commit on, which is a little later than its time, it has waited for this. */
  private static void waited(Event event) {
    var now = Instant.now();
    var since = event.time().isBefore(now) ? event.time() : now;
    Span.start(Kind.INTERNAL, "wait in outbox", event.trace(), since)
        .with("messaging.message.id", event.id())
        .end();
  }

  private static Span span(Event event) {
    return Span.start(Kind.PRODUCER, "publish " + Broker.EXCHANGE, event.trace())
        .with("messaging.system", "rabbitmq")
        .with("messaging.operation.name", "publish")
        .with("messaging.operation.type", "send")
        .with("messaging.destination.name", Broker.EXCHANGE)
        .with("messaging.rabbitmq.destination.routing_key", event.type())
        .with("messaging.message.id", event.id());
  }

  private void send(Event event, Span span) throws IOException {
    confirms.published(channel.getNextPublishSeqNo(), event.id());
    channel.basicPublish(
        Broker.EXCHANGE,
        event.type(),
        broker.isAwaited(event.type()),
        broker.properties(event, span.within(event.trace())),
        event.data().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A channel that the broker closed, while the connection stands, says that it can't stand one of
   * the messages. A lost connection says nothing about any message.
   */
  private boolean blamesMessage(Throwable failure) {
    return connection.isOpen() && !(failure.getCause() instanceof TimeoutException);
  }

  /** Sets aside what went alone. */
  private Set<String> blame(Unsent event, Throwable failure) {
    LOG.log(Level.WARNING, "The broker can't stand event " + event.event().id() + ": " + failure);
    suspects = Math.max(0, suspects - 1);
    refuse(event);
    disconnect();
    return Set.of(event.event().subject());
  }

  private void refuse(Unsent event) {
    outbox.refused(event);
    if (event.parksNow()) {
      LOG.log(
          Level.ERROR,
          "Event {0}, {1} of {2}, is parked: the broker has refused it ten times",
          event.event().id(),
          event.event().type(),
          event.event().subject());
    }
  }

  private void connected() throws IOException, TimeoutException {
    if (channel == null || !channel.isOpen()) {
      disconnect();
      connection = broker.connect("relay");
      channel = connection.createChannel();
      channel.confirmSelect();
    }
    channel.clearConfirmListeners();
    channel.clearReturnListeners();
    confirms = new Confirms();
    channel.addConfirmListener(confirms);
    channel.addReturnListener(confirms);
  }

  private void disconnect() {
    if (connection != null) {
      connection.abort(1_000);
      connection = null;
      channel = null;
    }
  }
}
