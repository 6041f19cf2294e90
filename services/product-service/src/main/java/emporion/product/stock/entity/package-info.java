/** The rules of levels and reservations; they know no database and no protocol. */
package emporion.product.stock.entity;
