package emporion.order.ordering.boundary.v2;

import emporion.order.ordering.boundary.SagasResource.Shown;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A saga as version 2 shows it to operators.
 *
 * @param attempts how many have failed at the present state
 * @param nextAttemptAt null once it has ended
 * @param cancellation why the order is being cancelled; null while it is not
 * @param timeline null in lists, as are the actions
 */
public record SagaV2(
    UUID orderId,
    String state,
    long version,
    int attempts,
    Instant nextAttemptAt,
    Instant leaseUntil,
    Instant deadline,
    Instant openedAt,
    boolean needsOperator,
    CancellationV2 cancellation,
    String lastError,
    List<TimelineEntry> timeline,
    List<Action> actions) {
  static SagaV2 from(Shown shown) {
    var standing = shown.standing();
    var saga = standing.saga();
    var actions = shown.actions();
    return new SagaV2(
        saga.orderId(),
        saga.state().wire(),
        saga.version(),
        saga.attempt(),
        standing.nextAttempt(),
        standing.leaseUntil(),
        standing.deadline(),
        standing.openedAt(),
        standing.needsOperator(),
        CancellationV2.of(saga.cancellation()),
        standing.lastError(),
        shown.timeline(),
        actions == null ? null : actions.stream().map(Action::from).toList());
  }

  /** What an operator did. */
  public record Action(
      Instant actedAt,
      Operator operator,
      String action,
      String note,
      Change<Long> version,
      Change<String> state) {
    static Action from(OperatorRecord entry) {
      return new Action(
          entry.at(),
          new Operator(entry.operatorId(), entry.operatorName()),
          entry.action().wire(),
          entry.note(),
          new Change<>(entry.versionBefore(), entry.versionAfter()),
          new Change<>(entry.stateBefore().wire(), entry.stateAfter().wire()));
    }
  }

  /**
   * Who acted.
   *
   * @param id the subject of the operator's token
   */
  public record Operator(String id, String name) {}

  /** What an action made of what. */
  public record Change<T>(T before, T after) {}
}
