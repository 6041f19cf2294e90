/**
 * The only place of this service that knows gRPC: the clients of user-service and product-service.
 */
package emporion.order.adapter;
