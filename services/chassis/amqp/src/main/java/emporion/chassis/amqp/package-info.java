/**
 * Events on the wire: CloudEvents 1.0 in AMQP 0-9-1, binary mode; attributes are headers, the body
 * is the JSON data. A relay publishes what the outbox holds, consumers hand what comes to the
 * service's handlers by way of the inbox.
 */
package emporion.chassis.amqp;
