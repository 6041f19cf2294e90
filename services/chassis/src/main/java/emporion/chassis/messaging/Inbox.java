package emporion.chassis.messaging;

import emporion.chassis.data.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Remembers which events a consumer has taken in; kept 14 days. */
@ApplicationScoped
public class Inbox {
  /** Those of a batch that its handler has not asked for yet. */
  private static final ScopedValue<Set<UUID>> NEW = ScopedValue.newInstance();

  @Inject private EntityManager database;

  /**
   * Whether this consumer sees the event for the first time. The answer holds once the running
   * transaction commits; when it does not, the event counts as unseen.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean firstSight(String consumer, UUID eventId) {
    return NEW.isBound()
        ? NEW.get().remove(eventId)
        : remember(consumer, Set.of(eventId)).contains(eventId);
  }

  /**
   * Handles several events of one consumer in one transaction, all of them or none. It remembers
   * them by one statement, and not by one for each.
   */
  @Transactional
  void together(String consumer, Collection<UUID> eventIds, Runnable handling) {
    ScopedValue.where(NEW, remember(consumer, new LinkedHashSet<>(eventIds))).run(handling);
  }

  /** Those that were not remembered before. */
  private Set<UUID> remember(String consumer, Set<UUID> eventIds) {
    var fresh = new LinkedHashSet<>(eventIds);
    fresh.removeAll(known(consumer, eventIds));
    if (!fresh.isEmpty()) {
      insert(consumer, List.copyOf(fresh));
    }
    return fresh;
  }

  private List<UUID> known(String consumer, Set<UUID> eventIds) {
    List<?> ids =
        database
            .createNativeQuery(
                "select event_id from inbox where consumer = :consumer and event_id in (:ids)",
                UUID.class)
            .setParameter("consumer", consumer)
            .setParameter("ids", eventIds)
            .getResultList();
    return ids.stream().map(Object.class::cast).map(Rows::id).toList();
  }

  private void insert(String consumer, List<UUID> eventIds) {
    var row = "(?, ?, current_timestamp)";
    var query =
        database.createNativeQuery(
            "insert into inbox (consumer, event_id, seen_at) values "
                + String.join(", ", Collections.nCopies(eventIds.size(), row)));
    for (int i = 0; i < eventIds.size(); i++) {
      query.setParameter(2 * i + 1, consumer).setParameter(2 * i + 2, eventIds.get(i));
    }
    query.executeUpdate();
  }
}
