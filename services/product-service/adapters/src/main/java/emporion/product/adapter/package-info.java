/** The adapter to the library that reads CSV; nothing else knows it. */
package emporion.product.adapter;
