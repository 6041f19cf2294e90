/** The catalogue over gRPC. */
package emporion.product.adapter.grpc;
