/**
 * What a process tells Prometheus, by its own client: no other module but the broker knows of it.
 */
package emporion.chassis.metrics;
