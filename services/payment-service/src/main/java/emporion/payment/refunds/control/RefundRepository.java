package emporion.payment.refunds.control;

import emporion.chassis.data.Sql;
import emporion.payment.refunds.entity.Refund;
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

/** The refunds. */
@ApplicationScoped
public class RefundRepository {
  @Inject private EntityManager database;
  @Inject private Sql sql;

  @Transactional(TxType.MANDATORY)
  void store(Refund refund) {
    database.persist(refund);
  }

  /** One refund. */
  Optional<Refund> find(UUID id) {
    return Optional.ofNullable(database.find(Refund.class, id));
  }

  /** The refund as it stands now, held until the transaction ends. */
  @Transactional(TxType.MANDATORY)
  Optional<Refund> hold(UUID id) {
    return Optional.ofNullable(database.find(Refund.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** The refunds of one payment, the oldest first. */
  public List<Refund> of(UUID paymentId) {
    return database
        .createQuery(
            "select r from Refund r where r.paymentId = :payment order by r.id", Refund.class)
        .setParameter("payment", paymentId)
        .getResultList();
  }

  /** So many of the newest refunds of one payment, the oldest first. */
  public List<Refund> newest(UUID paymentId, int most) {
    return database
        .createQuery(
            "select r from Refund r where r.paymentId = :payment order by r.id desc", Refund.class)
        .setParameter("payment", paymentId)
        .setMaxResults(most)
        .getResultList()
        .reversed();
  }

  /** Pending refunds whose time has come and that no other replica holds. */
  @Transactional(TxType.MANDATORY)
  List<Refund> due(Instant now, int limit) {
    var ids =
        sql.list(
            UUID.class,
            """
            select id from refund where status = 'PENDING' and next_attempt_at <= ?
            order by next_attempt_at fetch first ? rows only for update skip locked\
            """,
            now,
            limit);
    return ids.isEmpty()
        ? List.of()
        : database
            .createQuery("select r from Refund r where r.id in (:ids)", Refund.class)
            .setParameter("ids", ids)
            .getResultList();
  }
}
