/**
 * The neighbours of ordering: for each one a narrow typed client, and a class that holds its fault
 * tolerance and translates its words. A definite no becomes an answer; everything else leaves the
 * outcome unknown, and the orchestrator alone decides when to ask again.
 */
package emporion.order.clients;
