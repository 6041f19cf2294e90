package emporion.notification.messages.control;

import emporion.chassis.data.Sql;
import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.Status;
import emporion.notification.messages.entity.Summary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The notification table. A page, one notification and a count need no transaction. */
@ApplicationScoped
public class NotificationRepository {
  @Inject private EntityManager database;
  @Inject private Sql sql;

  /** Writes it at once, so that what can't be stored fails here and not at the commit. */
  @Transactional(TxType.MANDATORY)
  void add(Notification notification) {
    database.persist(notification);
    database.flush();
  }

  /** One notification. */
  public Optional<Notification> find(UUID id) {
    return Optional.ofNullable(database.find(Notification.class, id));
  }

  /** Whose it is. */
  @Transactional(TxType.MANDATORY)
  Optional<UUID> userOf(UUID id) {
    return database
        .createQuery("select n.userId from Notification n where n.id = :id", UUID.class)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  /** One whose state nobody else changes until the transaction ends. */
  @Transactional(TxType.MANDATORY)
  Optional<Notification> locked(UUID id) {
    return Optional.ofNullable(
        database.find(Notification.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** A page of a user's, the newest first, without their bodies. */
  public Page<Summary> list(UUID userId, Optional<Cursor> after, int limit) {
    var query =
        database
            .createQuery(
                "select n.id, n.userId, n.kind, n.subject, n.status, n.orderId, n.createdAt,"
                    + " n.sentAt from Notification n where n.userId = :user"
                    + (after.isPresent() ? " and n.id < :after" : "")
                    + " order by n.id desc",
                Object[].class)
            .setParameter("user", userId)
            .setMaxResults(limit + 1);
    after.ifPresent(cursor -> query.setParameter("after", cursor.id(0)));
    var summaries = query.getResultList().stream().map(NotificationRepository::summary).toList();
    return Page.of(summaries, limit, summary -> Cursor.of(summary.id()));
  }

  private static Summary summary(Object[] row) {
    return new Summary(
        (UUID) row[0],
        (UUID) row[1],
        (Kind) row[2],
        (String) row[3],
        (Status) row[4],
        Optional.ofNullable((UUID) row[5]),
        (Instant) row[6],
        Optional.ofNullable((Instant) row[7]));
  }

  /** A user's notifications that have not left yet. */
  @Transactional(TxType.MANDATORY)
  List<Notification> pending(UUID userId) {
    return database
        .createQuery(
            "select n from Notification n where n.userId = :user and n.status in (:pending)",
            Notification.class)
        .setParameter("user", userId)
        .setParameter("pending", List.of(Status.WAITING, Status.QUEUED))
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** Removes whatever identifies the user from all that was written to them. */
  @Transactional(TxType.MANDATORY)
  void scrub(UUID userId) {
    database
        .createQuery(
            "update Notification n set n.address = null, n.subject = '', n.text = null,"
                + " n.html = null, n.lastError = null, n.version = n.version + 1"
                + " where n.userId = :user")
        .setParameter("user", userId)
        .executeUpdate();
  }

  /** Whether a look at the mail server is worth its while. */
  boolean anyDue() {
    return sql.find(
            Integer.class,
            """
            select 1 from notification where status = 'QUEUED'
              and next_attempt_at <= current_timestamp fetch first 1 rows only\
            """)
        .isPresent();
  }

  /**
   * Takes those that are due longest, for two minutes by the database's clock; nobody else gets
   * them before. Each taking counts as an attempt, so that a mail that kills its sender is not
   * tried for ever.
   */
  @Transactional
  List<Notification> claim(int most) {
    var ids = due(most);
    if (ids.isEmpty()) {
      return List.of();
    }
    sql.update(
        """
        update notification set attempts = attempts + 1, version = version + 1,
          next_attempt_at = current_timestamp + interval '120' second
        where id = any (?)\
        """,
        ids);
    // Loaded after the update, which JPA does not see.
    return database
        .createQuery(
            "select n from Notification n where n.id in (:ids) order by n.id", Notification.class)
        .setParameter("ids", ids)
        .getResultList();
  }

  private List<UUID> due(int most) {
    return sql.list(
        UUID.class,
        """
        select id from notification
        where status = 'QUEUED' and next_attempt_at <= current_timestamp
        order by next_attempt_at fetch first ? rows only for update skip locked\
        """,
        most);
  }

  /** Makes what was claimed and not tried due again; the attempt does not count. */
  void giveBack(List<Notification> claimed) {
    if (claimed.isEmpty()) {
      return;
    }
    sql.update(
        """
        update notification set attempts = attempts - 1, version = version + 1,
          next_attempt_at = current_timestamp
        where status = 'QUEUED' and id = any (?)\
        """,
        claimed.stream().map(Notification::id).toList());
  }

  /**
   * Writes that a claimed mail was sent, by a statement that commits by itself.
   *
   * @return whether it has not changed since it was claimed; nothing is written otherwise
   */
  boolean sent(Notification notification) {
    return sql.update(
            """
            update notification set status = ?, message_id = ?, sent_at = ?, last_error = null,
              version = version + 1
            where id = ? and version = ?\
            """,
            notification.status(),
            notification.messageId().orElseThrow(),
            notification.sentAt().orElseThrow(),
            notification.id(),
            notification.version())
        == 1;
  }

  /** How many of a kind were written to a user since then. */
  long count(UUID userId, Kind kind, Instant since) {
    return database
        .createQuery(
            "select count(n) from Notification n where n.userId = :user and n.kind = :kind"
                + " and n.createdAt > :since",
            Long.class)
        .setParameter("user", userId)
        .setParameter("kind", kind)
        .setParameter("since", since)
        .getSingleResult();
  }

  long count(Status status) {
    return database
        .createQuery("select count(n) from Notification n where n.status = :status", Long.class)
        .setParameter("status", status)
        .getSingleResult();
  }
}
