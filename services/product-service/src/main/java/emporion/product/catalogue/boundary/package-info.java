/**
 * The catalogue over HTTP, in two versions side by side. A version is a path, its records and its
 * names; what happens is the same and stands once, in {@link
 * emporion.product.catalogue.boundary.ProductsResource} and {@link
 * emporion.product.catalogue.boundary.ImportsResource}.
 */
package emporion.product.catalogue.boundary;
