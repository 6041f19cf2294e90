package emporion.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import emporion.chassis.data.Ids;
import emporion.chassis.data.Migration;
import emporion.chassis.messaging.Outbox.Unsent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Publishes what the outbox holds: persistent, mandatory where a reader is known, confirmed by the
 * broker in batches, and marked as sent only then. Whatever dies in between is published again.
 * While the broker is away the events wait in the database.
 */
@ApplicationScoped
public class Relay {
  private static final Logger LOG = System.getLogger(Relay.class.getName());
  private static final int BATCH = 256;
  private static final long IDLE_MILLIS = 1_000;

  /** So long an event waits for others to travel with. */
  private static final long GATHER_MILLIS = 20;

  private static final Duration LEASE_KEPT = Duration.ofSeconds(5);
  private static final long BROKEN_MILLIS = 1_000;
  private static final long CONFIRM_MILLIS = 10_000;

  private final String owner = Ids.next().toString();
  private Outbox outbox;
  private Broker broker;
  private Thread thread;
  private volatile boolean stopped;
  private boolean broken;
  private Connection connection;
  private Channel channel;
  private final Set<Long> nacked = ConcurrentHashMap.newKeySet();
  private final Set<String> unroutable = ConcurrentHashMap.newKeySet();
  private final Semaphore recorded = new Semaphore(0);
  private int batch = BATCH;
  private List<Integer> lanes = List.of();
  private long leasedAt;

  Relay() {}

  @Inject
  Relay(Outbox outbox, Broker broker, MetricRegistry metrics) {
    this.outbox = outbox;
    this.broker = broker;
    metrics.gauge("outbox_waiting_events", outbox, o -> o.count(false));
    metrics.gauge("outbox_parked_events", outbox, o -> o.count(true));
  }

  void start(
      @Observes @Priority(Migration.PRIORITY + 1) @Initialized(ApplicationScoped.class)
          Object start) {
    thread = Thread.ofVirtual().name("outbox-relay").start(this::run);
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop)
      throws InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    }
  }

  /** A transaction of this process has left something to send. */
  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Recorded event) {
    recorded.release();
  }

  private void run() {
    try {
      while (!stopped) {
        step();
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
    disconnect();
    outbox.release(owner);
  }

  /** A commit fails with a checked exception that no method declares; the thread goes on. */
  private void step() throws InterruptedException {
    try {
      boolean more = relay();
      if (broken) {
        broken = false;
        LOG.log(Level.INFO, "Events flow to the broker again");
      }
      if (more || recorded.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        recorded.drainPermits();
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (!broken) {
        LOG.log(Level.WARNING, "Events wait in the outbox: " + e);
        broken = true;
      }
      disconnect();
      TimeUnit.MILLISECONDS.sleep(BROKEN_MILLIS);
    }
  }

  private boolean relay() throws IOException, TimeoutException, InterruptedException {
    lease();
    var events = lanes.isEmpty() ? List.<Unsent>of() : outbox.unsent(lanes, batch);
    if (events.isEmpty()) {
      return false;
    }
    publish(events);
    return true;
  }

  /** Held for 15 seconds, renewed after five: an idle relay writes nothing in between. */
  private void lease() {
    var now = System.nanoTime();
    if (lanes.isEmpty() || now - leasedAt > LEASE_KEPT.toNanos()) {
      lanes = outbox.lease(owner);
      leasedAt = now;
    }
  }

  private void publish(List<Unsent> events)
      throws IOException, TimeoutException, InterruptedException {
    connected();
    nacked.clear();
    unroutable.clear();
    long first = channel.getNextPublishSeqNo();
    try {
      for (var unsent : events) {
        send(unsent.event());
      }
      channel.waitForConfirms(CONFIRM_MILLIS);
    } catch (IOException | ShutdownSignalException e) {
      suspect(events, e);
      throw e;
    }
    settle(events, first);
    batch = BATCH;
  }

  private void send(Event event) throws IOException {
    channel.basicPublish(
        Broker.EXCHANGE,
        event.type(),
        broker.isAwaited(event.type()),
        broker.properties(event),
        event.data().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A channel that the broker closed says that it can't stand one of the messages: they go one by
   * one until it is found. A lost connection says nothing about any message.
   */
  private void suspect(List<Unsent> events, Exception failure) {
    if (connection.isOpen() && !(failure.getCause() instanceof TimeoutException)) {
      if (events.size() == 1) {
        outbox.refused(events.getFirst());
      }
      batch = 1;
    }
  }

  /**
   * A message that found no queue is nacked by some brokers, and by RabbitMQ returned and
   * confirmed. An event behind a refused one of its aggregate counts as not sent, so that order is
   * kept.
   */
  private void settle(List<Unsent> events, long first) {
    var held = new HashSet<String>();
    for (int i = 0; i < events.size(); i++) {
      if (nacked.contains(first + i)
          || unroutable.contains(events.get(i).event().id().toString())) {
        held.add(events.get(i).event().subject());
        outbox.refused(events.get(i));
      }
    }
    outbox.sent(events.stream().filter(e -> !held.contains(e.event().subject())).toList());
  }

  private void connected() throws IOException, TimeoutException {
    if (channel != null && channel.isOpen()) {
      return;
    }
    disconnect();
    connection = broker.connect("relay");
    channel = connection.createChannel();
    channel.confirmSelect();
    channel.addConfirmListener((seq, multiple) -> {}, (seq, multiple) -> nacked.add(seq));
    channel.addReturnListener(returned -> unroutable.add(returned.getProperties().getMessageId()));
  }

  private void disconnect() {
    if (connection != null) {
      connection.abort(1_000);
      connection = null;
      channel = null;
    }
  }
}
