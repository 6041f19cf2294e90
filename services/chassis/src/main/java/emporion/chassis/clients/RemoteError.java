package emporion.chassis.clients;

/**
 * A neighbour's no (a 4xx): whoever answers is not away, so fault tolerance neither retries it nor
 * counts it as a failure nor takes a fallback for it. Nothing was done. Whatever else goes wrong in
 * a call leaves the outcome unknown.
 */
public final class RemoteError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String slug;

  /**
   * What the neighbour said.
   *
   * @param slug the end of the problem's {@code type}; empty where it was no problem document
   */
  public RemoteError(int status, String slug, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.slug = slug;
  }

  /** The HTTP status, 400 to 499. */
  public int status() {
    return status;
  }

  /** The problem's stable name. */
  public String slug() {
    return slug;
  }
}
