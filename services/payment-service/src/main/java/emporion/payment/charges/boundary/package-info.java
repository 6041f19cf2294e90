/**
 * Charges for the order service, payments for shoppers and those who look after them. What a
 * request may say of money and cards is checked here, before anything is stored.
 */
package emporion.payment.charges.boundary;
