/** Accounts over gRPC. */
package emporion.user.adapter.grpc;
