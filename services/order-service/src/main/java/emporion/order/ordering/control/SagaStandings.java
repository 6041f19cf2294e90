package emporion.order.ordering.control;

import emporion.chassis.data.Sql;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Decline;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How sagas stand, for whoever operates the shop; {@link SagaRepository} moves them. */
@ApplicationScoped
public class SagaStandings {
  /**
   * That a saga has not ended. A range, as those that have ended stand behind it in the index: for
   * {@code is not null} H2 would go through them too.
   */
  static final String OPEN = "next_attempt < timestamp with time zone '9999-01-01 00:00:00+00'";

  private static final String STANDING =
      """
      select order_id, state, version, attempt, deadline < current_timestamp, committed, reason,
        decline, called_off_by, payment_token, next_attempt, lease_until, deadline, opened_at,
        needs_operator, last_error
      from saga where\s\
      """;

  @Inject private Sql sql;

  /** What operators did, the oldest first. */
  List<OperatorRecord> actions(UUID orderId) {
    return sql.list(
        OperatorRecord.class,
        """
        select at, operator_id, operator_name, action, note, version_before, version_after,
          state_before, state_after
        from saga_action where order_id = ? order by version_before\
        """,
        orderId);
  }

  Optional<SagaStanding> standing(UUID orderId) {
    return sql.find(StandingRow.class, STANDING + "order_id = ?", orderId)
        .map(StandingRow::standing);
  }

  /**
   * Up to {@code limit + 1} sagas, those of the newest orders first. What only open ones have is
   * looked for among these, which are few.
   */
  List<SagaStanding> list(SagaFilter filter, Optional<UUID> before, int limit) {
    var where = new ArrayList<String>(List.of("1 = 1"));
    var values = new ArrayList<Object>();
    filter.states().ifPresent(v -> and(where, values, "state = any (?)", v));
    filter.needsOperator().ifPresent(v -> where.add(v ? "needs_operator" : "not needs_operator"));
    filter.open().map(is -> is ? OPEN : "next_attempt is null").ifPresent(where::add);
    if (filter.areOpen()) {
      where.add(OPEN);
    }
    before.ifPresent(v -> and(where, values, "order_id < ?", v));
    values.add(limit + 1);
    var query = STANDING + String.join(" and ", where);
    return sql
        .list(
            StandingRow.class,
            query + " order by order_id desc fetch first ? rows only",
            values.toArray())
        .stream()
        .map(StandingRow::standing)
        .toList();
  }

  private static void and(List<String> where, List<Object> values, String clause, Object value) {
    where.add(clause);
    values.add(value);
  }

  /** Those that have not ended, by their state; none for a state that no saga is in. */
  List<OpenSagas> open() {
    return sql.list(
        OpenSagas.class,
        """
        select state, count(*), sum(case when needs_operator then 1 else 0 end), min(opened_at),
          current_timestamp
        from saga where\s\
        """
            + OPEN
            + " group by state");
  }

  /**
   * Sagas of one state.
   *
   * @param flagged how many should be looked at by an operator
   * @param since when the oldest one was opened
   * @param now by the database's clock
   */
  record OpenSagas(SagaState state, long count, long flagged, Instant since, Instant now) {
    double age() {
      return Duration.between(since, now).toMillis() / 1_000.0;
    }
  }

  private record StandingRow(
      UUID orderId,
      SagaState state,
      long version,
      int attempt,
      boolean overdue,
      boolean committed,
      Reason reason,
      Decline decline,
      String calledOffBy,
      String paymentToken,
      Instant nextAttempt,
      Instant leaseUntil,
      Instant deadline,
      Instant openedAt,
      boolean needsOperator,
      String lastError) {
    private SagaStanding standing() {
      var why = Cancellation.stored(reason, decline, calledOffBy);
      var saga = new Saga(orderId, state, version, attempt, overdue, committed, why, paymentToken);
      return new SagaStanding(
          saga, nextAttempt, leaseUntil, deadline, openedAt, needsOperator, lastError);
    }
  }

  /** What a list shows; empty means all. */
  public record SagaFilter(
      Optional<Set<SagaState>> states, Optional<Boolean> needsOperator, Optional<Boolean> open) {
    /** Whether none that has ended can be among them. */
    private boolean areOpen() {
      return needsOperator.equals(Optional.of(true))
          || states.filter(all -> all.stream().noneMatch(SagaState::ended)).isPresent();
    }
  }
}
