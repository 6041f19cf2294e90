package emporion.chassis.http;

import jakarta.ws.rs.core.EntityTag;
import java.util.function.Function;

/**
 * How one version of the API shows a thing.
 *
 * @param version as it stands in paths and entity tags: {@code v1}
 * @param shape the record that becomes JSON
 */
public record Representation<T>(String version, Function<T, Record> shape) {
  /** The record that becomes JSON. */
  public Record of(T thing) {
    return shape.apply(thing);
  }

  /** The path of something in this version: {@code /v1/} and what follows. */
  public String path(String rest) {
    return "/" + version + "/" + rest;
  }

  /** The entity tag of one state of it, so that no two versions share one. */
  public EntityTag tag(long number) {
    return Etag.of(version, number);
  }
}
