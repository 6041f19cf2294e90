/** Version 2 of the paths of stock: its names and its records. */
package emporion.product.stock.boundary.v2;
