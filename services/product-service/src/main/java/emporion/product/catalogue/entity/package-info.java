/** What a product is and which words, prices and steps it allows. */
package emporion.product.catalogue.entity;
