/**
 * What each service's own database needs, whatever it stores: migrations at start, a readiness
 * check, ids that sort by time, and words for the failures that the rules of a database raise.
 */
package emporion.chassis.data;
