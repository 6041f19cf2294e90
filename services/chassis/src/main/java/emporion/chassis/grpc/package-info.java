/**
 * gRPC on a port of its own. Only services that declare its libraries have it; to the others this
 * package is not there.
 */
package emporion.chassis.grpc;
