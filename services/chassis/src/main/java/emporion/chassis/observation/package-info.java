/** What an operator sees of requests: their traces, one timer by route and status, its form. */
package emporion.chassis.observation;
