/**
 * How services call each other: typed MicroProfile REST clients, which all read leniently, write
 * the platform's JSON and pass on the trace. Fault tolerance stands on the class that wraps a
 * client, never here.
 */
package emporion.chassis.clients;
