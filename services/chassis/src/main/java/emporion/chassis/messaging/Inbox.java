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
    return NEW.isBound() ? NEW.get().remove(eventId) : remember(consumer, eventId);
  }

  private boolean remember(String consumer, UUID eventId) {
    return database
            .createNativeQuery(
                "insert into inbox (consumer, event_id, seen_at)"
                    + " select :consumer, :id, current_timestamp where not exists"
                    + " (select 1 from inbox where consumer = :consumer and event_id = :id)")
            .setParameter("consumer", consumer)
            .setParameter("id", eventId)
            .executeUpdate()
        == 1;
  }

  /**
   * Handles several events of one consumer in one transaction, all of them or none. They are
   * remembered by two statements, however many they are.
   */
  @Transactional
  public void together(String consumer, Collection<UUID> eventIds, Runnable handling) {
    var fresh = new LinkedHashSet<>(eventIds);
    fresh.removeAll(known(consumer, eventIds));
    if (!fresh.isEmpty()) {
      remember(consumer, fresh);
    }
    ScopedValue.where(NEW, fresh).run(handling);
  }

  /** Joined, as H2 would go through everything that the consumer has seen for an {@code in}. */
  private List<UUID> known(String consumer, Collection<UUID> eventIds) {
    var rows = Collections.nCopies(eventIds.size(), "(cast(? as uuid))");
    var query =
        database.createNativeQuery(
            "select i.event_id from (values "
                + String.join(", ", rows)
                + ") as asked (id) join inbox i on i.event_id = asked.id and i.consumer = ?",
            UUID.class);
    int parameter = 0;
    for (var eventId : eventIds) {
      query.setParameter(++parameter, eventId);
    }
    List<?> ids = query.setParameter(++parameter, consumer).getResultList();
    return ids.stream().map(Object.class::cast).map(Rows::id).toList();
  }

  private void remember(String consumer, Set<UUID> eventIds) {
    var rows = Collections.nCopies(eventIds.size(), "(?, ?, current_timestamp)");
    var query =
        database.createNativeQuery(
            "insert into inbox (consumer, event_id, seen_at) values " + String.join(", ", rows));
    int parameter = 0;
    for (var eventId : eventIds) {
      query.setParameter(++parameter, consumer).setParameter(++parameter, eventId);
    }
    query.executeUpdate();
  }
}
