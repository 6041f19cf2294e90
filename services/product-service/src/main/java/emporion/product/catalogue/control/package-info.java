/** Transactions over the catalogue; a product and its level begin together. */
package emporion.product.catalogue.control;
