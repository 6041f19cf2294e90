package emporion.order.ordering.control;

import emporion.chassis.data.Rows;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Decline;
import emporion.order.ordering.entity.OperatorAction;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.Saga.Transition;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where each saga stands. A transition is a compare-and-set on the version, which alone keeps two
 * workers from both moving an order; the lease, by the database's clock, only saves them work.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class SagaRepository {
  /** Longer than the slowest step; who died is noticed after it. */
  private static final String LEASED = "current_timestamp + interval '5' second";

  /**
   * That a saga has not ended. A range, as those that have ended stand behind it in the index: for
   * {@code is not null} H2 would go through them too.
   */
  private static final String OPEN =
      "next_attempt < timestamp with time zone '9999-01-01 00:00:00+00'";

  private static final int FLAGGED_AFTER = 10;
  private static final String SAGA =
      "select state, version, attempt, deadline < current_timestamp, committed, reason,"
          + " payment_token, decline, called_off_by";
  private static final String STANDING =
      SAGA
          + ", order_id, next_attempt, lease_until, deadline, opened_at, needs_operator,"
          + " last_error";

  private static final String FROM = " from saga";

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
            .createNativeQuery(SAGA + FROM + " where order_id = :id")
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
        cancellation(row[5], row[7], row[8]),
        (String) row[6]);
  }

  /** As it stands in a row; null where there is no reason. */
  static Cancellation cancellation(Object reason, Object decline, Object by) {
    return reason == null
        ? null
        : new Cancellation(
            Reason.valueOf((String) reason),
            decline == null ? null : Decline.valueOf((String) decline),
            (String) by);
  }

  /** Stores a transition, unless somebody else has moved the order since it was read. */
  Optional<Saga> advance(Transition transition) {
    var from = transition.from();
    var ended = transition.to().ended();
    var committed = from.committed() || transition.to() == SagaState.DONE;
    var again = from.state().ended();
    var why = Optional.ofNullable(transition.cancellation());
    int moved =
        database
            .createNativeQuery(
                "update saga set state = :to, version = version + 1, attempt = 0,"
                    + " flag_at = :flagged, needs_operator = false, next_attempt = "
                    + (ended ? "null" : "current_timestamp")
                    + ", lease_until = "
                    + LEASED
                    + ", reason = :reason, decline = :decline, called_off_by = :by,"
                    + " committed = :committed, last_error = null"
                    + (ended ? ", payment_token = null" : "")
                    + (again ? ", opened_at = current_timestamp" : "")
                    + " where order_id = :id and version = :version")
            .setParameter("to", transition.to().name())
            .setParameter("flagged", FLAGGED_AFTER)
            .setParameter("reason", why.map(c -> c.reason().name()).orElse(null))
            .setParameter("decline", why.map(Cancellation::decline).map(Enum::name).orElse(null))
            .setParameter("by", why.map(Cancellation::by).orElse(null))
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
                transition.cancellation(),
                ended ? null : from.paymentToken()));
  }

  /**
   * Gives the order back until its next attempt, which is not put behind the deadline while that
   * counts. From the tenth failure on an operator should look, and again from the tenth that
   * follows an acknowledgement.
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
                + ", last_error = :error, needs_operator = (attempt + 1 >= flag_at)"
                + " where order_id = :id and version = :version")
        .setParameter("pause", pause.toMillis() / 1_000.0)
        .setParameter("error", error)
        .setParameter("id", saga.orderId())
        .setParameter("version", saga.version())
        .executeUpdate();
  }

  /** Whether a worker is at it, or the next one that is free will be; false where it has moved. */
  boolean isDue(Saga saga) {
    return !database
        .createNativeQuery(
            "select 1 from saga where order_id = :id and version = :version"
                + " and next_attempt <= current_timestamp")
        .setParameter("id", saga.orderId())
        .setParameter("version", saga.version())
        .getResultList()
        .isEmpty();
  }

  /**
   * Makes an order due at once, whoever works on it; false where it has moved since it was read. A
   * worker's present step counts no more and is repeated by its key.
   */
  boolean hasten(Saga saga) {
    return change(saga, "next_attempt = current_timestamp, lease_until = current_timestamp");
  }

  /**
   * Makes all due that wait in these states, and that nobody works on. No pause is as long as an
   * hour; without that end H2 would read all orders that have ended, too.
   */
  void hasten(Set<SagaState> states) {
    database
        .createNativeQuery(
            "update saga set next_attempt = current_timestamp"
                + " where next_attempt between current_timestamp"
                + " and current_timestamp + interval '1' hour"
                + " and lease_until <= current_timestamp and state in (:states)")
        .setParameter("states", states.stream().map(SagaState::name).toList())
        .executeUpdate();
  }

  /** Takes the flag away for ten more attempts; false where the order has moved. */
  boolean acknowledge(Saga saga) {
    return change(saga, "needs_operator = false, flag_at = attempt + " + FLAGGED_AFTER);
  }

  private boolean change(Saga saga, String what) {
    return database
            .createNativeQuery(
                "update saga set version = version + 1, "
                    + what
                    + " where order_id = :id and version = :version and next_attempt is not null")
            .setParameter("id", saga.orderId())
            .setParameter("version", saga.version())
            .executeUpdate()
        == 1;
  }

  /** Ends the lease of what was moved here and is to be worked on elsewhere. */
  void handOver(UUID orderId) {
    database
        .createNativeQuery("update saga set lease_until = current_timestamp where order_id = :id")
        .setParameter("id", orderId)
        .executeUpdate();
  }

  void record(UUID orderId, OperatorRecord action) {
    database
        .createNativeQuery(
            "insert into saga_action (order_id, version_before, version_after, at, operator_id,"
                + " operator_name, action, state_before, state_after, note)"
                + " values (:id, :before, :after, current_timestamp, :operator, :name, :action,"
                + " :from, :to, :note)")
        .setParameter("id", orderId)
        .setParameter("before", action.versionBefore())
        .setParameter("after", action.versionAfter())
        .setParameter("operator", action.operatorId())
        .setParameter("name", action.operatorName())
        .setParameter("action", action.action().name())
        .setParameter("from", action.stateBefore().name())
        .setParameter("to", action.stateAfter().name())
        .setParameter("note", action.note())
        .executeUpdate();
  }

  /** What operators did, the oldest first. */
  List<OperatorRecord> actions(UUID orderId) {
    var query =
        database
            .createNativeQuery(
                "select at, operator_id, operator_name, action, note, version_before,"
                    + " version_after, state_before, state_after from saga_action"
                    + " where order_id = :id order by version_before")
            .setParameter("id", orderId);
    return Rows.of(query).stream().map(SagaRepository::action).toList();
  }

  private static OperatorRecord action(Object[] row) {
    return new OperatorRecord(
        Rows.instant(row[0]),
        (String) row[1],
        (String) row[2],
        OperatorAction.valueOf((String) row[3]),
        (String) row[4],
        Rows.number(row[5]),
        Rows.number(row[6]),
        SagaState.valueOf((String) row[7]),
        SagaState.valueOf((String) row[8]));
  }

  Optional<SagaStanding> standing(UUID orderId) {
    var query =
        database
            .createNativeQuery(STANDING + FROM + " where order_id = :id")
            .setParameter("id", orderId);
    return Rows.of(query).stream().findFirst().map(SagaRepository::standing);
  }

  /** Up to {@code limit + 1} sagas, those of the newest orders first. */
  List<SagaStanding> list(SagaFilter filter, Optional<UUID> before, int limit) {
    var where = new StringBuilder(" where 1 = 1");
    filter.state().ifPresent(state -> where.append(" and state = :state"));
    filter.needsOperator().ifPresent(is -> where.append(" and needs_operator = :flagged"));
    filter
        .open()
        .map(is -> is ? " and " + OPEN : " and next_attempt is null")
        .ifPresent(where::append);
    before.ifPresent(id -> where.append(" and order_id < :before"));
    var query =
        database
            .createNativeQuery(STANDING + FROM + where + " order by order_id desc")
            .setMaxResults(limit + 1);
    filter.state().ifPresent(state -> query.setParameter("state", state.name()));
    filter.needsOperator().ifPresent(is -> query.setParameter("flagged", is));
    before.ifPresent(id -> query.setParameter("before", id));
    return Rows.of(query).stream().map(SagaRepository::standing).toList();
  }

  private static SagaStanding standing(Object[] row) {
    return new SagaStanding(
        saga(Rows.id(row[9]), row),
        row[10] == null ? null : Rows.instant(row[10]),
        Rows.instant(row[11]),
        Rows.instant(row[12]),
        Rows.instant(row[13]),
        (Boolean) row[14],
        (String) row[15]);
  }

  /** How many have not ended. */
  long open() {
    return count(OPEN);
  }

  /** How many should be looked at by an operator. */
  long flagged() {
    return count(OPEN + " and needs_operator");
  }

  private long count(String which) {
    return Rows.number(
        database.createNativeQuery("select count(*) from saga where " + which).getSingleResult());
  }

  /** How long the oldest one that has not ended is open, by the database's clock. */
  Duration oldestOpen() {
    var query =
        database.createNativeQuery(
            "select min(opened_at), current_timestamp from saga where " + OPEN);
    var row = Rows.of(query).getFirst();
    return row[0] == null
        ? Duration.ZERO
        : Duration.between(Rows.instant(row[0]), Rows.instant(row[1]));
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

  /** What a list shows; empty means all. */
  public record SagaFilter(
      Optional<SagaState> state, Optional<Boolean> needsOperator, Optional<Boolean> open) {}
}
