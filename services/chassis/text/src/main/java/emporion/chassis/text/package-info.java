/**
 * Text that people write: the one form in which it is kept, and the one in which it is compared.
 * Lucene's folding table is known here and nowhere else.
 */
package emporion.chassis.text;
