package emporion.notification.messages.control;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Sql;
import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.notification.messages.entity.Channel;
import emporion.notification.messages.entity.Delivery;
import emporion.notification.messages.entity.Dispatch;
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
import java.util.Collection;
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

  /** The same for several. */
  @Transactional(TxType.MANDATORY)
  List<Notification> locked(Collection<UUID> ids) {
    return database
        .createQuery(
            "select n from Notification n where n.id in (:ids) order by n.id", Notification.class)
        .setParameter("ids", ids)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /**
   * A page of a user's, the newest first, without their bodies. The user stands in the order too:
   * else H2 sorts all that the user has.
   */
  public Page<Summary> list(UUID userId, Optional<Cursor> after, int limit) {
    var query =
        database
            .createQuery(
                "select n.id, n.userId, n.kind, n.subject, n.status, n.orderId, n.createdAt,"
                    + " n.sentAt from Notification n where n.userId = :user"
                    + (after.isPresent() ? " and n.id < :after" : "")
                    + " order by n.userId desc, n.id desc",
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

  /** So many of the newest that a user was written about an order, the oldest first. */
  public List<Dispatch> about(UUID userId, UUID orderId, int most) {
    return sql.list(
            Dispatch.class,
            """
            select id, kind, status, attempts, redeliveries, next_attempt_at, last_error,
              created_at, sent_at
            from notification where user_id = ? and order_id = ?
            order by id desc fetch first ? rows only\
            """,
            userId,
            orderId,
            most)
        .reversed();
  }

  /** A user's notifications that have not left yet. */
  @Transactional(TxType.MANDATORY)
  List<Notification> pending(UUID userId) {
    return database
        .createQuery(
            "select n from Notification n where n.userId = :user"
                + " and (n.status = :waiting or n.status = :queued)",
            Notification.class)
        .setParameter("user", userId)
        .setParameter("waiting", Status.WAITING)
        .setParameter("queued", Status.QUEUED)
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
  boolean anyDue(Channel channel) {
    return sql.find(
            Integer.class,
            """
            select 1 from notification where status = 'QUEUED' and channel = ?
              and next_attempt_at <= current_timestamp fetch first 1 rows only\
            """,
            channel)
        .isPresent();
  }

  /**
   * Takes those that are due longest, for two minutes by the database's clock; nobody else gets
   * them before. Each taking counts as an attempt, so that a mail that kills its sender is not
   * tried for ever.
   */
  @Transactional
  List<Delivery> claim(Channel channel, int most) {
    var due = due(channel, most);
    if (due.isEmpty()) {
      return List.of();
    }
    var claimed =
        sql.list(
            Delivery.class,
            """
            select id, kind, address, subject, body_text, body_html, attempts + 1, redeliveries,
              version + 1
            from notification
            where id = any (?) and status = 'QUEUED' and next_attempt_at <= current_timestamp
            for update skip locked\
            """,
            due);
    if (!claimed.isEmpty()) {
      sql.update(
          """
          update notification set attempts = attempts + 1, version = version + 1,
            next_attempt_at = current_timestamp + interval '120' second
          where id = any (?)\
          """,
          ids(claimed));
    }
    return claimed;
  }

  /**
   * Found before they are locked: H2 locks whatever an ordered query looks at, the whole queue. All
   * columns of the index stand in the order, or else H2 sorts.
   */
  private List<UUID> due(Channel channel, int most) {
    return sql.list(
        UUID.class,
        """
        select id from notification
        where status = 'QUEUED' and channel = ? and next_attempt_at <= current_timestamp
        order by status, channel, next_attempt_at fetch first ? rows only\
        """,
        channel,
        most);
  }

  private static List<UUID> ids(Collection<Delivery> deliveries) {
    return deliveries.stream().map(Delivery::id).toList();
  }

  /** Makes what was claimed and not tried due again; the attempt does not count. */
  void giveBack(Collection<Delivery> claimed) {
    if (claimed.isEmpty()) {
      return;
    }
    sql.update(
        """
        update notification set attempts = attempts - 1, version = version + 1,
          next_attempt_at = current_timestamp
        where status = 'QUEUED' and id = any (?)\
        """,
        ids(claimed));
  }

  /**
   * Writes that a claimed mail was sent, by a statement that commits by itself.
   *
   * @return whether it has not changed since it was claimed; nothing is written otherwise
   */
  boolean sent(Delivery claimed, String messageId, Instant now) {
    return sql.update(
            """
            update notification set status = 'SENT', message_id = ?, sent_at = ?,
              last_error = null, failure = null, version = version + 1
            where id = ? and version = ?\
            """,
            messageId,
            now,
            claimed.id(),
            claimed.version())
        == 1;
  }

  /** How many of a kind were written to a user since then; their ids tell when. */
  long count(UUID userId, Kind kind, Instant since) {
    return database
        .createQuery(
            "select count(n) from Notification n where n.userId = :user and n.kind = :kind"
                + " and n.id >= :since",
            Long.class)
        .setParameter("user", userId)
        .setParameter("kind", kind)
        .setParameter("since", Ids.first(since))
        .getSingleResult();
  }

  long count(Status status) {
    return database
        .createQuery("select count(n) from Notification n where n.status = :status", Long.class)
        .setParameter("status", status)
        .getSingleResult();
  }
}
