/** The only place of this service that knows gRPC: the client of user-service. */
package emporion.order.adapter;
