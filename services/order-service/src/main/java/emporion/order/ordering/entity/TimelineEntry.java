package emporion.order.ordering.entity;

import java.time.Instant;

/**
 * One thing that happened to an order.
 *
 * @param step {@code place, reserve, charge, confirm, cancel, void, release, refund}, or what an
 *     operator did: {@code retry, acknowledge}
 * @param outcome {@code done, refused, timed_out, requested}, or {@code by_hand} for what an
 *     operator did in the saga's place
 * @param detail for people; null where there is nothing to add
 * @param by the subject of the token of who asked for it; null where nobody did
 */
public record TimelineEntry(Instant at, String step, String outcome, String detail, String by) {}
