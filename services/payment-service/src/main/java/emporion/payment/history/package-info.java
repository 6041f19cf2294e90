/**
 * What has become of the money of an order, for whoever has to explain it: the charge, what went
 * back, and what was told of it. Nothing that could be used to pay is part of it.
 */
package emporion.payment.history;
