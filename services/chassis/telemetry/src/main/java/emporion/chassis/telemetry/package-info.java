/**
 * The trace that a piece of work belongs to, from the first request to the last consumer of its
 * events: carried along whole, and told on each line of the log.
 */
package emporion.chassis.telemetry;
