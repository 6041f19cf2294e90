package emporion.product.catalogue.boundary;

import emporion.product.catalogue.entity.Offer;
import java.util.function.Function;

/**
 * How one version of the API shows a product.
 *
 * @param version as it stands in paths and entity tags: {@code v1}
 * @param of the record that becomes JSON
 */
public record Representation(String version, Function<Offer, Record> of) {}
