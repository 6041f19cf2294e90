package emporion.chassis.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Remembers which events a consumer has taken in; kept 14 days. */
@ApplicationScoped
public class Inbox {
  @Inject private EntityManager database;

  /**
   * Whether this consumer sees the event for the first time. The answer holds once the running
   * transaction commits; when it does not, the event counts as unseen.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean firstSight(String consumer, UUID eventId) {
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

  /** Handles several events in one transaction: all of them, or none. */
  @Transactional
  void together(Runnable handling) {
    handling.run();
  }
}
