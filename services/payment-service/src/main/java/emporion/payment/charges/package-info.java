/**
 * One payment for each step key. What the key's first request asked for is stored before the card
 * network hears of it, so no key is ever charged twice, and a key that was voided, even before its
 * charge arrived, is never charged at all.
 */
package emporion.payment.charges;
