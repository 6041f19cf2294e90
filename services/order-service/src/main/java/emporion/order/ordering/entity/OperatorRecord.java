package emporion.order.ordering.entity;

import java.time.Instant;

/**
 * An operator's action as it was recorded with its effect.
 *
 * @param operatorId the subject of the operator's token
 * @param note the operator's words; null where there were none
 */
public record OperatorRecord(
    Instant at,
    String operatorId,
    String operatorName,
    OperatorAction action,
    String note,
    long versionBefore,
    long versionAfter,
    SagaState stateBefore,
    SagaState stateAfter) {}
