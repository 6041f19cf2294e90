/**
 * Breaks every rule of {@link emporion.chassis.testkit.Architecture} once, to prove that it can
 * fail.
 */
package emporion.chassis.testkit.shaky;
