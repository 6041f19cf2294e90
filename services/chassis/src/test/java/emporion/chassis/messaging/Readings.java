package emporion.chassis.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes events, and reads them as a service does; what it can't take, it refuses. */
@ApplicationScoped
public class Readings implements EventHandler {
  static final String QUEUE = "fixture.readings";

  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final List<String> attempts = new CopyOnWriteArrayList<>();
  private final Map<String, List<Long>> applied = new ConcurrentHashMap<>();

  @Inject private Inbox inbox;
  @Inject private Outbox outbox;

  @Override
  public String queue() {
    return QUEUE;
  }

  @Override
  public Set<String> types() {
    return Set.of("happened");
  }

  @Override
  @Transactional
  public void on(Event event) {
    attempts.add(event.subject());
    if (refused.contains(event.subject())) {
      throw new IllegalStateException("I don't like " + event.subject());
    }
    if (inbox.firstSight(QUEUE, event.id())) {
      applied
          .computeIfAbsent(event.subject(), s -> new CopyOnWriteArrayList<>())
          .add(event.version());
    }
  }

  /** One transaction with one event. */
  @Transactional
  public void record(String type, UUID aggregate, long version) {
    outbox.record(type, aggregate, version, Map.of("version", version));
  }

  /** Fails at this aggregate's events until it is told to accept them. */
  public void refuse(UUID aggregate) {
    refused.add(aggregate.toString());
  }

  public void accept(UUID aggregate) {
    refused.remove(aggregate.toString());
  }

  public long attemptsAt(UUID aggregate) {
    return attempts.stream().filter(aggregate.toString()::equals).count();
  }

  /** The versions that had an effect, in its order. */
  public List<Long> applied(UUID aggregate) {
    return applied.getOrDefault(aggregate.toString(), List.of());
  }
}
