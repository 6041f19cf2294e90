package emporion.order.ordering.boundary;

import java.util.function.Function;

/**
 * How one version of the API shows something.
 *
 * @param version as it stands in paths and entity tags: {@code v1}
 * @param of the record that becomes JSON
 */
public record Representation<T>(String version, Function<T, Record> of) {}
