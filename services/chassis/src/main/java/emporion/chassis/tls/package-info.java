/**
 * Who is trusted on the other end of a connection, and what this process proves itself by: PEM
 * files that are named by {@code emporion.tls.ca}, which is read at the start, and by {@code
 * emporion.tls.certificate} and {@code .key}, which are read again when they have changed.
 */
package emporion.chassis.tls;
