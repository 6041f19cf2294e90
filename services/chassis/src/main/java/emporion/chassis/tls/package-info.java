/**
 * Who is trusted on the other end of a connection, and what this process proves itself by: PEM
 * files that are named by {@code emporion.tls.ca}, {@code .certificate} and {@code .key}, and read
 * at the start.
 */
package emporion.chassis.tls;
