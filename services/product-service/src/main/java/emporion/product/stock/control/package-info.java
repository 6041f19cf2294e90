/**
 * Transactions over levels and reservations. A reservation's key row is written first, then levels
 * are locked by ascending product id: two requests can wait for each other, never in a circle.
 */
package emporion.product.stock.control;
