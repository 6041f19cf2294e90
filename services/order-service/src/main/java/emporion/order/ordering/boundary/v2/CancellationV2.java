package emporion.order.ordering.boundary.v2;

import emporion.order.ordering.entity.Reason;

/** What is known of an order's end before its time. */
public record CancellationV2(String reason) {
  /** Null for no reason: nothing was called off. */
  static CancellationV2 of(Reason reason) {
    return reason == null ? null : new CancellationV2(reason.wire());
  }
}
