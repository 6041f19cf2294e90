package emporion.product.catalogue.control;

import emporion.product.catalogue.entity.Offer;

/**
 * An offer and its place in each order of the list.
 *
 * @param rank how well it fits the words of the query, as {@link Relevance#rank}
 * @param sold pieces that were sold and did not come back
 */
record Listed(Offer offer, int rank, String nameKey, long sold) {}
