/**
 * The catalogue over HTTP. A version is a package with its paths, records and names; what does not
 * depend on a version stands here.
 */
package emporion.product.catalogue.boundary;
