/** gRPC by grpc-java, served on a port of its own. */
package emporion.chassis.grpc;
