/**
 * What an operator sees of a request: its trace id on every log line and outgoing call, and one
 * timer by route and status.
 */
package emporion.chassis.telemetry;
