/**
 * What the shop offers, in which words and at which price. A product is never removed, because
 * orders refer to it; it is retired. Lists are read in one query whatever their filter, stock
 * included, and a page begins where the one before it ended, however the catalogue changed since.
 */
package emporion.product.catalogue;
