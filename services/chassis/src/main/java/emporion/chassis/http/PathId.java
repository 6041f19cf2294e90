package emporion.chassis.http;

import emporion.chassis.data.Ids;

/** The path of one thing below its collection. */
public final class PathId {
  /** {@code {id}}, for UUIDs only: whatever else stands there is no path, so it is a 404. */
  public static final String TEMPLATE = "{id:" + Ids.TEXT + "}";

  private PathId() {}
}
