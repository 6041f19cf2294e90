/** Version 1 of charges and payments. */
package emporion.payment.charges.boundary.v1;
