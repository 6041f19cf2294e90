/** Version 2 of the catalogue's paths: its names and its records. */
package emporion.product.catalogue.boundary.v2;
