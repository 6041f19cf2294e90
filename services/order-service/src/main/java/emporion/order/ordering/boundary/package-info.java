/**
 * Orders and sagas over HTTP, in two versions side by side. A version is a path, its records and
 * its names; what happens is the same and stands once, in {@link
 * emporion.order.ordering.boundary.OrdersResource} and {@link
 * emporion.order.ordering.boundary.SagasResource}.
 */
package emporion.order.ordering.boundary;
