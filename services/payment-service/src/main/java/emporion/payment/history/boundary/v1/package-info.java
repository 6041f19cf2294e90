/** Where another service asks for it. */
package emporion.payment.history.boundary.v1;
