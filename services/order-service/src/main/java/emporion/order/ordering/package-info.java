/**
 * Orders, from the basket to the confirmation. An order that was accepted ends, whatever dies on
 * the way: either confirmed, charged once and its stock sold, or cancelled with nothing kept. The
 * path of an order stands in {@link emporion.order.ordering.control.OrderSaga}, one page long.
 */
package emporion.order.ordering;
