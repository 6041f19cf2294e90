package emporion.order.story.control;

import emporion.chassis.data.Sql;
import emporion.order.ordering.entity.OperatorAction;
import emporion.order.ordering.entity.SagaState;
import emporion.order.story.entity.Entry;
import emporion.order.story.entity.Part;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What this service has written down of an order: of each part the newest, the oldest first. */
@ApplicationScoped
class StoryRepository {
  private static final String SERVICE = "order-service";

  @Inject private Sql sql;

  /** The steps of the order, and what somebody asked for. */
  List<Entry> steps(UUID orderId, int most) {
    return sql
        .list(
            Step.class,
            """
            select at, step, outcome, detail, asked_by, trace_id from order_timeline
            where order_id = ? order by version desc, at desc fetch first ? rows only\
            """,
            orderId,
            most)
        .reversed()
        .stream()
        .map(Step::entry)
        .toList();
  }

  /** The attempts that failed, those at one state together. */
  List<Entry> failures(UUID orderId, int most) {
    return sql
        .list(
            Failure.class,
            """
            select state, attempts, first_at, last_at, first_error, last_error, trace_id
            from saga_failure where order_id = ? order by version desc fetch first ? rows only\
            """,
            orderId,
            most)
        .reversed()
        .stream()
        .map(Failure::entry)
        .toList();
  }

  /** What operators did. */
  List<Entry> actions(UUID orderId, int most) {
    return sql
        .list(
            Action.class,
            """
            select at, operator_name, action, note, state_after from saga_action
            where order_id = ? order by version_before desc fetch first ? rows only\
            """,
            orderId,
            most)
        .reversed()
        .stream()
        .map(Action::entry)
        .toList();
  }

  /** The trace of the request that placed the order, if that had one. */
  Optional<String> traceId(UUID orderId) {
    return sql.find(
        String.class,
        "select substring(traceparent from 4 for 32) from saga where order_id = ?",
        orderId);
  }

  private record Step(
      Instant at, String step, String outcome, String detail, String askedBy, String traceId) {
    private Entry entry() {
      return Entry.of(at, SERVICE, Part.ORDER, step, outcome).told(detail, askedBy).in(traceId);
    }
  }

  private record Failure(
      SagaState state,
      int attempts,
      Instant firstAt,
      Instant lastAt,
      String firstError,
      String lastError,
      String traceId) {
    private Entry entry() {
      return Entry.of(firstAt, SERVICE, Part.ATTEMPT, state.wire(), "failed")
          .until(lastAt)
          .told(words(), null)
          .tried(attempts, null)
          .in(traceId);
    }

    private String words() {
      return firstError.equals(lastError) ? lastError : firstError + "; in the end " + lastError;
    }
  }

  private record Action(
      Instant at, String operatorName, OperatorAction action, String note, SagaState stateAfter) {
    private Entry entry() {
      return Entry.of(at, SERVICE, Part.OPERATOR, action.wire(), stateAfter.wire())
          .told(note, operatorName);
    }
  }
}
