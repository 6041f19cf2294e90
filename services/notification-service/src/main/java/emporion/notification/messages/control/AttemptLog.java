package emporion.notification.messages.control;

import emporion.chassis.data.Sql;
import emporion.notification.messages.entity.Attempt;
import emporion.notification.messages.entity.Attempts;
import emporion.notification.messages.entity.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The attempt table. */
@ApplicationScoped
public class AttemptLog {
  @Inject private Sql sql;

  @Transactional(TxType.MANDATORY)
  void add(Attempt attempt) {
    sql.update(
        """
        insert into attempt (notification_id, delivery, number, outcome, failure, provider_id,
          error, ended_at, next_attempt_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        attempt.notificationId(),
        attempt.delivery(),
        attempt.number(),
        attempt.outcome(),
        Sql.orNull(attempt.failure()),
        Sql.orNull(attempt.providerId()),
        Sql.orNull(attempt.error()),
        attempt.endedAt(),
        Sql.orNull(attempt.nextAttemptAt()));
  }

  /** Every attempt at a notification, in order, those that left no record included. */
  public List<Attempt> of(Notification notification) {
    var recorded =
        sql.list(
            Attempt.class,
            """
            select notification_id, delivery, number, outcome, failure, provider_id, error,
              ended_at, next_attempt_at
            from attempt where notification_id = ?\
            """,
            notification.id());
    return Attempts.of(notification, recorded, Instant.now());
  }

  /** Removes what providers have said of a user, in whose words the address may stand. */
  @Transactional(TxType.MANDATORY)
  void scrub(UUID userId) {
    sql.update(
        """
        update attempt set error = null
        where notification_id in (select id from notification where user_id = ?)\
        """,
        userId);
  }
}
