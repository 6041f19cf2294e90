/** HTTP of refunds: what the versions share. */
package emporion.payment.refunds.boundary;
