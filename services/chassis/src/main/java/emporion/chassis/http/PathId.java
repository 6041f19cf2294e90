package emporion.chassis.http;

/** The path of one thing below its collection. */
public final class PathId {
  public static final String UUID_TEXT = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  /** {@code {id}}, for UUIDs only: whatever else stands there is no path, so it is a 404. */
  public static final String TEMPLATE = "{id:" + UUID_TEXT + "}";

  private PathId() {}
}
