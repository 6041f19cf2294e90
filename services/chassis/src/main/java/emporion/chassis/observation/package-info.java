/** What an operator sees of requests: their traces, and their times by route and status. */
package emporion.chassis.observation;
