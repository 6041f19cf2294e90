package emporion.chassis.messaging;

import java.util.Set;

/**
 * A consumer of events. Each bean of this type gets a durable queue and a thread of its own; of
 * several replicas one reads the queue, and when it is gone another does.
 *
 * <p>The implementation runs one transaction that begins with {@link Inbox#firstSight}, and joins
 * one that runs already, in which several events are handled; the message is acknowledged after the
 * commit. What it throws is retried with a growing pause, five times in all, then the message goes
 * to the queue {@code <queue>.dead}.
 */
public interface EventHandler {

  /** The queue's name, the same in every replica and every version. */
  String queue();

  /** The types to receive. */
  Set<String> types();

  /** Takes one event; called by one thread at a time, events of one subject in order. */
  void on(Event event);
}
