package emporion.order.ordering.boundary.v1;

import emporion.order.ordering.boundary.SagasResource.Shown;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A saga as version 1 shows it to operators.
 *
 * @param attempt failed attempts at the present state
 * @param nextAttempt null once it has ended
 * @param reason why the order is being cancelled; null while it is not
 * @param declineReason null unless the card's bank said no
 * @param timeline null in lists, as are the actions
 */
public record SagaV1(
    UUID orderId,
    String state,
    long version,
    int attempt,
    Instant nextAttempt,
    Instant leaseUntil,
    Instant deadline,
    Instant openedAt,
    boolean needsOperator,
    String reason,
    String declineReason,
    String lastError,
    List<TimelineEntry> timeline,
    List<Action> actions) {
  static SagaV1 from(Shown shown) {
    var standing = shown.standing();
    var actions = shown.actions();
    var saga = standing.saga();
    var why = saga.cancellation();
    return new SagaV1(
        saga.orderId(),
        saga.state().wire(),
        saga.version(),
        saga.attempt(),
        standing.nextAttempt(),
        standing.leaseUntil(),
        standing.deadline(),
        standing.openedAt(),
        standing.needsOperator(),
        why == null ? null : why.reason().wire(),
        why == null ? null : why.declineWire(),
        standing.lastError(),
        shown.timeline(),
        actions == null ? null : actions.stream().map(Action::from).toList());
  }

  /** What an operator did. */
  public record Action(
      Instant at,
      String operatorId,
      String operator,
      String action,
      String note,
      long versionBefore,
      long versionAfter,
      String stateBefore,
      String stateAfter) {
    static Action from(OperatorRecord entry) {
      return new Action(
          entry.at(),
          entry.operatorId(),
          entry.operatorName(),
          entry.action().wire(),
          entry.note(),
          entry.versionBefore(),
          entry.versionAfter(),
          entry.stateBefore().wire(),
          entry.stateAfter().wire());
    }
  }
}
