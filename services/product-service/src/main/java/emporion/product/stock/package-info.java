/**
 * How many of each product are on hand, and how many of those are spoken for. Nothing is ever sold
 * twice: who changes a level holds its row, several rows are taken in the order of their ids, and
 * the table itself refuses a level that can't be.
 *
 * <p>An order's reservation is the participant of a saga: the caller names it by a key, its outcome
 * is stored in the transaction of its effect, and whatever arrives again is answered from there.
 */
package emporion.product.stock;
