package emporion.payment.charges.boundary.v1;

import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.chassis.telemetry.Trace;
import emporion.payment.charges.entity.DeclineReason;

/**
 * The problem (RFC 9457) of a declined card.
 *
 * @param reason {@code card_declined}, {@code insufficient_funds} or {@code expired_card}
 */
public record DeclineV1(
    String type, String title, int status, String detail, String traceId, String reason) {
  static final int STATUS = 402;

  static DeclineV1 of(DeclineReason reason) {
    var problem =
        ProblemDocument.of(
            Problem.of(STATUS, "payment-declined", "The payment was declined", reason.advice()),
            Trace.currentId());
    return new DeclineV1(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.detail(),
        problem.traceId(),
        reason.wire());
  }
}
