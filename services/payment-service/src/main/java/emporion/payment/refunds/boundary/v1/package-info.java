/** Version 1 of refunds. */
package emporion.payment.refunds.boundary.v1;
