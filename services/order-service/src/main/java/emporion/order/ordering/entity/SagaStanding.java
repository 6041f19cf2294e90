package emporion.order.ordering.entity;

import java.time.Instant;

/**
 * A saga with what its workers keep beside it.
 *
 * @param nextAttempt null once it has ended
 * @param leaseUntil until then a worker may be busy with it
 * @param deadline counts before the point of no return only
 * @param openedAt when it began, or began again to pay a confirmed order back
 * @param lastError what the last failed attempt at the present state said; null where none failed
 */
public record SagaStanding(
    Saga saga,
    Instant nextAttempt,
    Instant leaseUntil,
    Instant deadline,
    Instant openedAt,
    boolean needsOperator,
    String lastError) {}
