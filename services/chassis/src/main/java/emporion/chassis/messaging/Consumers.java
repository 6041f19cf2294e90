package emporion.chassis.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
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
  private List<Consumer> running = List.of();

  Consumers() {}

  @Inject
  Consumers(Instance<EventHandler> handlers, Broker broker, Inbox inbox, MetricRegistry metrics) {
    this.handlers = handlers;
    this.broker = broker;
    this.inbox = inbox;
    this.metrics = metrics;
  }

  void start(@Observes Startup start) {
    running = handlers.stream().map(handler -> new Consumer(handler, broker, inbox)).toList();
    for (var consumer : running) {
      metrics.gauge(DEAD, consumer, Consumer::deadLetters, new Tag("queue", consumer.queue()));
      consumer.start();
    }
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop) {
    running.forEach(Consumer::stop);
  }
}
