package emporion.chassis.messaging;

import emporion.chassis.data.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Remembers which events a consumer has taken in; kept 14 days. */
@ApplicationScoped
public class Inbox {
  /** Those of a batch that its handler has not asked for yet. */
  private static final ScopedValue<Set<UUID>> NEW = ScopedValue.newInstance();

  @Inject private Sql sql;

  /**
   * Whether this consumer sees the event for the first time. The answer holds once the running
   * transaction commits; when it does not, the event counts as unseen.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean firstSight(String consumer, UUID eventId) {
    return NEW.isBound() ? NEW.get().remove(eventId) : remember(consumer, eventId);
  }

  private boolean remember(String consumer, UUID eventId) {
    return sql.update(
            """
            insert into inbox (consumer, event_id, seen_at)
            select ?, ?, current_timestamp
            where not exists (select 1 from inbox where consumer = ? and event_id = ?)\
            """,
            consumer,
            eventId,
            consumer,
            eventId)
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

  private List<UUID> known(String consumer, Collection<UUID> eventIds) {
    return sql.list(
        UUID.class,
        "select event_id from inbox where consumer = ? and event_id = any (?)",
        consumer,
        eventIds);
  }

  private void remember(String consumer, Set<UUID> eventIds) {
    sql.batch(
        "insert into inbox (consumer, event_id, seen_at) values (?, ?, current_timestamp)",
        eventIds.stream().map(id -> new Object[] {consumer, id}).toList());
  }
}
