package emporion.chassis.amqp;

import emporion.chassis.messaging.EventHandler;
import emporion.chassis.messaging.Inbox;
import emporion.chassis.work.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Runs each {@link EventHandler} of a service for as long as the service runs. */
@ApplicationScoped
public class Consumers {
  private static final Metadata DEAD =
      Metadata.builder()
          .withName("dead_letters")
          .withDescription("Messages that no attempt could handle, as the reading replica saw last")
          .build();

  private Instance<EventHandler> handlers;
  private Broker broker;
  private Inbox inbox;
  private MetricRegistry metrics;
  private Workers workers;

  Consumers() {}

  @Inject
  Consumers(
      Instance<EventHandler> handlers,
      Broker broker,
      Inbox inbox,
      MetricRegistry metrics,
      Workers workers) {
    this.handlers = handlers;
    this.broker = broker;
    this.inbox = inbox;
    this.metrics = metrics;
    this.workers = workers;
  }

  void start(@Observes Startup start) {
    for (var handler : handlers) {
      var consumer = new Consumer(handler, broker, inbox);
      metrics.gauge(DEAD, consumer, Consumer::deadLetters, new Tag("queue", consumer.queue()));
      consumer.start(workers);
    }
  }
}
