package emporion.order.ordering.boundary;

import emporion.order.ordering.control.OrderService.Wanted;

/** How one version of the API asks for an order. */
public interface NewOrder {
  Wanted toWanted();

  /** Where it has its lines, as a JSON pointer. */
  String pointer();
}
