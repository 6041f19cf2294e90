/**
 * The documents of {@code api-specs}, which are written first: the services are held against them,
 * and clients are generated from them.
 */
package emporion.contracts;
