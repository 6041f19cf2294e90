/** Version 2 of the payments' paths: its names and its records. */
package emporion.payment.charges.boundary.v2;
