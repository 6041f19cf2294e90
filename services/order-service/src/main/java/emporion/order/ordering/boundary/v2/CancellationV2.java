package emporion.order.ordering.boundary.v2;

import emporion.order.ordering.entity.Cancellation;

/**
 * What is known of an order's end before its time.
 *
 * @param declineReason null unless the card's bank said no
 */
public record CancellationV2(String reason, String declineReason) {
  /** Null for null: nothing was called off. */
  public static CancellationV2 of(Cancellation why) {
    return why == null ? null : new CancellationV2(why.reason().wire(), why.declineWire());
  }
}
