/**
 * Saved and published without a dual write: an event is a row in the same transaction as the change
 * that it tells (outbox), and a relay publishes it, at least once and in order for each aggregate.
 * A consumer stores the event's id in the transaction of its effect (inbox), so that what arrives
 * twice has one effect.
 */
package emporion.chassis.messaging;
