package emporion.payment.charges.control;

import emporion.chassis.data.Sql;
import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.payment.charges.entity.Payment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;

/**
 * The payments and the keys under which they were asked for. What a key stands for never changes,
 * so that to read first it and then its payment needs no transaction.
 */
@ApplicationScoped
public class PaymentRepository {
  @Inject private EntityManager database;
  @Inject private Sql sql;

  /**
   * What is known of a key.
   *
   * @param requestHash of the first request; null for a tombstone
   * @param paymentId null for a tombstone
   */
  record Claim(String requestHash, UUID paymentId) {
    boolean tombstone() {
      return paymentId == null;
    }
  }

  Optional<Claim> claim(String key) {
    return sql.find(
        Claim.class, "select request_hash, payment_id from charge_key where charge_key = ?", key);
  }

  /**
   * Takes the key for a payment that is stored with it, and first, as the key refers to it; fails
   * where the key is taken.
   */
  @Transactional(TxType.MANDATORY)
  void take(String key, String requestHash, Payment payment) {
    insert(payment);
    sql.update(
        """
        insert into charge_key (charge_key, request_hash, payment_id, created_at)
        values (?, ?, ?, ?)\
        """,
        key,
        requestHash,
        payment.id(),
        payment.createdAt());
  }

  private void insert(Payment payment) {
    sql.update(
        """
        insert into payment (id, charge_key, order_id, user_id, amount, currency, status, promised,
          refunded, version, created_at, changed_at)
        values (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)\
        """,
        payment.id(),
        payment.chargeKey(),
        payment.orderId(),
        payment.userId(),
        payment.amount().amount(),
        payment.amount().currency(),
        payment.status(),
        payment.version(),
        payment.createdAt(),
        payment.changedAt());
  }

  /**
   * Takes the key for ever, so that no payment can have it.
   *
   * @return whether it was free
   */
  boolean bury(String key, Instant now) {
    return sql.update(
            """
            insert into charge_key (charge_key, created_at) values (?, ?)
            on conflict do nothing\
            """,
            key,
            now)
        == 1;
  }

  /** Writes a payment that was held and changed at once, so that its version counts. */
  @Transactional(TxType.MANDATORY)
  public void store(Payment payment) {
    database.persist(payment);
    database.flush();
  }

  /**
   * Writes what became of a pending payment that was read before, by one statement.
   *
   * @return whether the payment has not changed since; nothing is written otherwise
   */
  @Transactional(TxType.MANDATORY)
  boolean settle(Payment payment) {
    return sql.update(
            """
            update payment set status = ?, decline_reason = ?, reference = ?, card = ?,
              changed_at = ?, version = version + 1
            where id = ? and version = ?\
            """,
            payment.status(),
            Sql.orNull(payment.declineReason().orElse(null)),
            Sql.orNull(payment.reference().orElse(null)),
            Sql.orNull(payment.card().orElse(null)),
            payment.changedAt(),
            payment.id(),
            payment.version())
        == 1;
  }

  /** One payment. */
  public Optional<Payment> find(UUID id) {
    return Optional.ofNullable(database.find(Payment.class, id));
  }

  /** The payment as it stands now, held until the transaction ends. */
  @Transactional(TxType.MANDATORY)
  public Optional<Payment> hold(UUID id) {
    return Optional.ofNullable(database.find(Payment.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * A page of payments, the newest first. What is equal in all goes before the id, as that makes
   * the order an index's whole order, for H2 too.
   */
  public Page<Payment> list(PaymentFilter filter, Optional<Cursor> after, int limit) {
    var where = new StringBuilder("where 1 = 1");
    var walk = "";
    if (filter.orderId().isPresent()) {
      walk = "p.orderId desc, ";
    } else if (filter.userId().isPresent()) {
      walk = "p.userId desc, ";
    }
    var parameters = new HashMap<String, Object>();
    filter
        .userId()
        .ifPresent(
            id -> {
              where.append(" and p.userId = :user");
              parameters.put("user", id);
            });
    filter
        .orderId()
        .ifPresent(
            id -> {
              where.append(" and p.orderId = :order");
              parameters.put("order", id);
            });
    after.ifPresent(
        cursor -> {
          where.append(" and p.id < :after");
          parameters.put("after", cursor.id(0));
        });
    var query =
        database
            .createQuery(
                "select p from Payment p " + where + " order by " + walk + "p.id desc",
                Payment.class)
            .setMaxResults(limit + 1);
    parameters.forEach(query::setParameter);
    return Page.of(query.getResultList(), limit, payment -> Cursor.of(payment.id()));
  }

  /** Whose payments a list shows, and of which order; empty means all. */
  public record PaymentFilter(Optional<UUID> userId, Optional<UUID> orderId) {}
}
