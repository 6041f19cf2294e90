package emporion.order.ordering.control;

import emporion.chassis.data.Sql;
import emporion.chassis.telemetry.Trace;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Decline;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.Saga.Transition;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
public class SagaRepository {
  /** Longer than the slowest step; who died is noticed after it. */
  private static final Duration LEASE = Duration.ofSeconds(5);

  private static final int FLAGGED_AFTER = 10;
  @Inject private Sql sql;

  /** Begins, with the lease held by the beginner. */
  @Transactional(TxType.MANDATORY)
  void begin(UUID orderId, String paymentToken, Duration deadline) {
    sql.update(
        """
        insert into saga (order_id, state, version, attempt, next_attempt, lease_until, deadline,
          committed, needs_operator, payment_token, traceparent)
        values (?, 'BUYING', 0, 0, current_timestamp,
          current_timestamp + cast(? as double precision) * interval '1' second,
          current_timestamp + cast(? as double precision) * interval '1' second,
          false, false, ?, ?)\
        """,
        orderId,
        LEASE,
        deadline,
        paymentToken,
        Sql.orNull(Trace.current().map(Trace::traceparent).orElse(null)));
  }

  Optional<Saga> find(UUID orderId) {
    return sql.find(
            SagaRow.class,
            """
            select order_id, state, version, attempt, deadline < current_timestamp, committed,
              reason, decline, called_off_by, payment_token
            from saga where order_id = ?\
            """,
            orderId)
        .map(SagaRow::saga);
  }

  /**
   * Stores a transition, and the one that waited for it, unless somebody else has moved the order
   * since it was read. What is due stays due as of then: an index that need not change is not
   * written.
   */
  @Transactional(TxType.MANDATORY)
  Optional<Saga> advance(Transition transition) {
    var from = transition.from();
    var ended = transition.to().ended();
    var committed = from.committed() || transition.to() == SagaState.DONE;
    var why = Optional.ofNullable(transition.cancellation());
    int moved =
        sql.update(
            """
            update saga set state = ?, version = ?, attempt = 0, flag_at = ?,
              needs_operator = false, last_error = null,
              next_attempt = case when ? then null
                else coalesce(least(next_attempt, current_timestamp), current_timestamp) end,
              lease_until = current_timestamp + cast(? as double precision) * interval '1' second,
              reason = ?, decline = ?, called_off_by = ?, committed = ?,
              payment_token = case when ? then null else payment_token end,
              opened_at = case when ? then current_timestamp else opened_at end
            where order_id = ? and version = ?\
            """,
            transition.to(),
            transition.version(),
            FLAGGED_AFTER,
            ended,
            LEASE,
            Sql.orNull(why.map(Cancellation::reason).orElse(null)),
            Sql.orNull(why.map(Cancellation::decline).orElse(null)),
            Sql.orNull(why.map(Cancellation::by).orElse(null)),
            committed,
            ended,
            from.state().ended(),
            from.orderId(),
            from.version());
    return moved == 0 ? Optional.empty() : Optional.of(advanced(transition, committed));
  }

  private static Saga advanced(Transition transition, boolean committed) {
    var from = transition.from();
    return new Saga(
        from.orderId(),
        transition.to(),
        transition.version(),
        0,
        from.overdue(),
        committed,
        transition.cancellation(),
        transition.to().ended() ? null : from.paymentToken());
  }

  /**
   * Gives the order back until its next attempt, which is not put behind the deadline while that
   * counts. From the tenth failure on an operator should look, and again from the tenth that
   * follows an acknowledgement. What failed is kept for whoever asks later.
   */
  @Transactional
  void postpone(Saga saga, Duration pause, String error) {
    if (postponed(saga, pause, error)) {
      note(saga, error);
    }
  }

  private boolean postponed(Saga saga, Duration pause, String error) {
    return sql.update(
            """
            update saga set attempt = attempt + 1, lease_until = current_timestamp, last_error = ?,
              needs_operator = (attempt + 1 >= flag_at),
              next_attempt = case
                when ? then least(deadline,
                  current_timestamp + cast(? as double precision) * interval '1' second)
                else current_timestamp + cast(? as double precision) * interval '1' second end
            where order_id = ? and version = ?\
            """,
            error,
            saga.state().expires() && !saga.overdue(),
            pause,
            pause,
            saga.orderId(),
            saga.version())
        == 1;
  }

  /** Whoever has postponed the saga holds its row, so that nobody else notes the same. */
  private void note(Saga saga, String error) {
    int noted =
        sql.update(
            """
            update saga_failure set attempts = attempts + 1, last_at = current_timestamp,
              last_error = ?
            where order_id = ? and version = ?\
            """,
            error,
            saga.orderId(),
            saga.version());
    if (noted == 0) {
      sql.update(
          """
          insert into saga_failure (order_id, version, state, attempts, first_at, last_at,
            first_error, last_error, trace_id)
          values (?, ?, ?, 1, current_timestamp, current_timestamp, ?, ?, ?)\
          """,
          saga.orderId(),
          saga.version(),
          saga.state(),
          error,
          error,
          Sql.orNull(Trace.current().map(Trace::traceId).orElse(null)));
    }
  }

  /** Whether a worker is at it, or the next one that is free will be; false where it has moved. */
  boolean isDue(Saga saga) {
    return sql.find(
            Integer.class,
            """
            select 1 from saga where order_id = ? and version = ?
              and next_attempt <= current_timestamp\
            """,
            saga.orderId(),
            saga.version())
        .isPresent();
  }

  /**
   * Makes an order due at once, whoever works on it; false where it has moved since it was read. A
   * worker's present step counts no more and is repeated by its key.
   */
  @Transactional(TxType.MANDATORY)
  boolean hasten(Saga saga) {
    return sql.update(
            """
            update saga set version = version + 1, next_attempt = current_timestamp,
              lease_until = current_timestamp
            where order_id = ? and version = ? and next_attempt is not null\
            """,
            saga.orderId(),
            saga.version())
        == 1;
  }

  /**
   * Makes all due that wait in these states, and that nobody works on. No pause is as long as an
   * hour; without that end H2 would read all orders that have ended, too.
   */
  void hasten(Set<SagaState> states) {
    sql.update(
        """
        update saga set next_attempt = current_timestamp
        where next_attempt between current_timestamp and current_timestamp + interval '1' hour
          and lease_until <= current_timestamp and state = any (?)\
        """,
        states);
  }

  /** Takes the flag away for ten more attempts; false where the order has moved. */
  @Transactional(TxType.MANDATORY)
  boolean acknowledge(Saga saga) {
    return sql.update(
            """
            update saga set version = version + 1, needs_operator = false, flag_at = attempt + ?
            where order_id = ? and version = ? and next_attempt is not null\
            """,
            FLAGGED_AFTER,
            saga.orderId(),
            saga.version())
        == 1;
  }

  /** Ends the lease of what was moved here and is to be worked on elsewhere. */
  @Transactional(TxType.MANDATORY)
  void handOver(UUID orderId) {
    sql.update("update saga set lease_until = current_timestamp where order_id = ?", orderId);
  }

  @Transactional(TxType.MANDATORY)
  void record(UUID orderId, OperatorRecord action) {
    sql.update(
        """
        insert into saga_action (order_id, version_before, version_after, at, operator_id,
          operator_name, action, state_before, state_after, note)
        values (?, ?, ?, current_timestamp, ?, ?, ?, ?, ?, ?)\
        """,
        orderId,
        action.versionBefore(),
        action.versionAfter(),
        action.operatorId(),
        action.operatorName(),
        action.action(),
        action.stateBefore(),
        action.stateAfter(),
        Sql.orNull(action.note()));
  }

  /** Claims orders that wait for an attempt and that nobody works on. */
  @Transactional
  List<Due> claim(int limit) {
    var due =
        sql.list(
            Due.class,
            """
            select order_id, traceparent from saga
            where next_attempt <= current_timestamp and lease_until <= current_timestamp
            order by next_attempt fetch first ? rows only for update skip locked\
            """,
            limit);
    if (!due.isEmpty()) {
      sql.update(
          """
          update saga set
            lease_until = current_timestamp + cast(? as double precision) * interval '1' second
          where order_id = any (?)\
          """,
          LEASE,
          due.stream().map(Due::orderId).toList());
    }
    return due;
  }

  /**
   * An order that waits for somebody.
   *
   * @param traceparent of the request that placed it; null where that is not known
   */
  record Due(UUID orderId, String traceparent) {
    Trace trace() {
      return Trace.of(traceparent, null, null);
    }
  }

  private record SagaRow(
      UUID orderId,
      SagaState state,
      long version,
      int attempt,
      boolean overdue,
      boolean committed,
      Reason reason,
      Decline decline,
      String calledOffBy,
      String paymentToken) {
    private Saga saga() {
      var why = Cancellation.stored(reason, decline, calledOffBy);
      return new Saga(orderId, state, version, attempt, overdue, committed, why, paymentToken);
    }
  }
}
