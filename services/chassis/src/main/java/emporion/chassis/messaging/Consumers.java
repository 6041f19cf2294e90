package emporion.chassis.messaging;

import emporion.chassis.data.Migration;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/** Runs each {@link EventHandler} of a service for as long as the service runs. */
@ApplicationScoped
public class Consumers {
  private Instance<EventHandler> handlers;
  private Broker broker;
  private List<Consumer> running = List.of();

  Consumers() {}

  @Inject
  Consumers(Instance<EventHandler> handlers, Broker broker) {
    this.handlers = handlers;
    this.broker = broker;
  }

  void start(
      @Observes @Priority(Migration.PRIORITY + 1) @Initialized(ApplicationScoped.class)
          Object start) {
    running = handlers.stream().map(handler -> new Consumer(handler, broker)).toList();
    running.forEach(Consumer::start);
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop) {
    running.forEach(Consumer::stop);
  }
}
