/**
 * What a service does without being asked: each such thing is a {@link
 * emporion.chassis.work.Worker}, which goes on whatever happens to it, is measured, and whose end
 * turns liveness red.
 */
package emporion.chassis.work;
