/**
 * Takes the money of an order once, whatever is repeated, lost or killed on the way, and gives back
 * what is asked back, never more than was taken.
 *
 * <p>Decision: an unknown outcome is not a failure. A charge whose answer is lost stays {@code
 * pending} until the same key is charged or voided again; the card network, not this service's
 * guess, says what happened.
 */
package emporion.payment;
