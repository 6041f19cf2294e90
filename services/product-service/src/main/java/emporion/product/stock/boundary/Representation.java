package emporion.product.stock.boundary;

import emporion.product.stock.entity.Adjustment;
import emporion.product.stock.entity.Stock;
import java.util.function.Function;

/**
 * How one version of the API shows stock.
 *
 * @param version as it stands in entity tags: {@code v1}
 * @param level the record of a level that becomes JSON
 * @param line that of a line of the audit trail
 */
public record Representation(
    String version, Function<Stock, Record> level, Function<Adjustment, Record> line) {}
