/**
 * Levels and reservations over HTTP. Reservations are for services; the gateway has no way there.
 */
package emporion.product.stock.boundary;
