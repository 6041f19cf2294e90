/**
 * What the shop offers, in which words and at which price. A product is never removed, because
 * orders refer to it; it is retired. Lists are read in one query whatever their filter, stock
 * included, and a page begins where the one before it ended, however the catalogue changed since.
 *
 * <p>What is searched, sorted or unique is so in its folded form. The index of words is a table
 * beside the products, written in their transactions: what was saved is found, on each replica, on
 * each database alike.
 */
package emporion.product.catalogue;
