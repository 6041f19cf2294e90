package emporion.order.ordering.entity;

import java.time.Instant;

/**
 * One thing that happened to an order.
 *
 * @param step {@code place, reserve, charge, confirm, cancel, void, release, refund}
 * @param outcome {@code done}, {@code refused} or {@code requested}
 * @param detail for people; null where there is nothing to add
 */
public record TimelineEntry(Instant at, String step, String outcome, String detail) {}
