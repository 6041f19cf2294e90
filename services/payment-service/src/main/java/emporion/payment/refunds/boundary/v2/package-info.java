/** Version 2 of the refunds' paths: its names and its records. */
package emporion.payment.refunds.boundary.v2;
