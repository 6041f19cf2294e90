package emporion.product.catalogue.control;

import emporion.product.catalogue.entity.ProductSpec;

/**
 * A row of a file that holds by itself.
 *
 * @param number its place in the file; the header is row 1
 */
public record ImportRow(int number, ProductSpec spec, long onHand) {}
