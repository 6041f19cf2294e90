/**
 * What rules and steps refuse, in words of the business: they know no protocol. The boundary says
 * it in those of HTTP ({@link emporion.chassis.problem.Problems}).
 */
package emporion.chassis.refusal;
