/**
 * Money that goes back to a card, in parts or whole, and never more than was taken. The amount is
 * promised to a refund before the card network is asked, so refunds that run at the same time can't
 * exceed the payment together; one that the network has not settled is asked for again until it is.
 */
package emporion.payment.refunds;
