/**
 * What each service's own database needs, whatever it stores: statements, a readiness check,
 * house-keeping, ids that sort by time, and words for the failures that the rules of a database
 * raise.
 */
package emporion.chassis.data;
