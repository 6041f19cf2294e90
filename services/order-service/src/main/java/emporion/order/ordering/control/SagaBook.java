package emporion.order.ordering.control;

import emporion.chassis.data.Rows;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.Saga.Transition;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where each fulfilment stands. A transition is a compare-and-set on the version, which alone keeps
 * two workers from both moving an order; the lease, by the database's clock, only saves them work.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class SagaBook {
  private static final String LEASED = "current_timestamp + interval '15' second";

  @Inject private EntityManager database;

  /** Begins, with the lease held by the beginner. */
  void begin(UUID orderId, String paymentToken, Duration deadline) {
    database
        .createNativeQuery(
            "insert into saga (order_id, state, version, attempt, next_attempt, lease_until,"
                + " deadline, committed, needs_operator, payment_token)"
                + " values (:id, 'RESERVING', 0, 0, current_timestamp, "
                + LEASED
                + ", current_timestamp + cast(:seconds as double precision) * interval '1' second,"
                + " false, false, :token)")
        .setParameter("id", orderId)
        .setParameter("seconds", deadline.toMillis() / 1_000.0)
        .setParameter("token", paymentToken)
        .executeUpdate();
  }

  Optional<Saga> find(UUID orderId) {
    var query =
        database
            .createNativeQuery(
                "select state, version, attempt, deadline < current_timestamp, committed, reason,"
                    + " payment_token from saga where order_id = :id")
            .setParameter("id", orderId);
    return Rows.of(query).stream().findFirst().map(row -> saga(orderId, row));
  }

  private static Saga saga(UUID orderId, Object[] row) {
    return new Saga(
        orderId,
        SagaState.valueOf((String) row[0]),
        Rows.number(row[1]),
        (int) Rows.number(row[2]),
        (Boolean) row[3],
        (Boolean) row[4],
        row[5] == null ? null : Reason.valueOf((String) row[5]),
        (String) row[6]);
  }

  /** Stores a transition, unless somebody else has moved the order since it was read. */
  Optional<Saga> advance(Transition transition) {
    var from = transition.from();
    var ended = transition.to().ended();
    var committed = from.committed() || transition.to() == SagaState.DONE;
    int moved =
        database
            .createNativeQuery(
                "update saga set state = :to, version = version + 1, attempt = 0,"
                    + " next_attempt = "
                    + (ended ? "null" : "current_timestamp")
                    + ", lease_until = "
                    + LEASED
                    + ", reason = :reason, committed = :committed, last_error = null"
                    + (ended ? ", payment_token = null, needs_operator = false" : "")
                    + " where order_id = :id and version = :version")
            .setParameter("to", transition.to().name())
            .setParameter("reason", name(transition.reason()))
            .setParameter("committed", committed)
            .setParameter("id", from.orderId())
            .setParameter("version", from.version())
            .executeUpdate();
    return moved == 0
        ? Optional.empty()
        : Optional.of(
            new Saga(
                from.orderId(),
                transition.to(),
                from.version() + 1,
                0,
                from.overdue(),
                committed,
                transition.reason(),
                ended ? null : from.paymentToken()));
  }

  private static String name(Reason reason) {
    return reason == null ? null : reason.name();
  }

  /**
   * Gives the order back until its next attempt, which is not put behind the deadline while that
   * counts. From the tenth failure on an operator should look.
   */
  void postpone(Saga saga, Duration pause, String error) {
    var next = "current_timestamp + cast(:pause as double precision) * interval '1' second";
    database
        .createNativeQuery(
            "update saga set attempt = attempt + 1, lease_until = current_timestamp,"
                + " next_attempt = "
                + (saga.state().expires() && !saga.overdue()
                    ? "least(deadline, " + next + ")"
                    : next)
                + ", last_error = :error, needs_operator = (attempt >= 9)"
                + " where order_id = :id and version = :version")
        .setParameter("pause", pause.toMillis() / 1_000.0)
        .setParameter("error", error)
        .setParameter("id", saga.orderId())
        .setParameter("version", saga.version())
        .executeUpdate();
  }

  /** Counts a change that is none of the saga's, so that readers see a new version. */
  Optional<Long> touch(UUID orderId) {
    int touched =
        database
            .createNativeQuery("update saga set version = version + 1 where order_id = :id")
            .setParameter("id", orderId)
            .executeUpdate();
    return touched == 0 ? Optional.empty() : find(orderId).map(Saga::version);
  }

  /** Claims orders that wait for an attempt and that nobody works on. */
  List<UUID> claim(int limit) {
    List<?> due =
        database
            .createNativeQuery(
                "select order_id from saga where next_attempt <= current_timestamp"
                    + " and lease_until <= current_timestamp order by next_attempt"
                    + " fetch first :limit rows only for update skip locked",
                UUID.class)
            .setParameter("limit", limit)
            .getResultList();
    var ids = due.stream().map(Object.class::cast).map(Rows::id).toList();
    if (!ids.isEmpty()) {
      database
          .createNativeQuery(
              "update saga set lease_until = " + LEASED + " where order_id in (:ids)")
          .setParameter("ids", ids)
          .executeUpdate();
    }
    return ids;
  }
}
