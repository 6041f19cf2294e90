package emporion.chassis.refusal;

/**
 * There is no such thing, or not for who asks; over HTTP a 404. Without a stack trace: it is an
 * answer, not a defect.
 */
public final class Missing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  /**
   * Something that is missing.
   *
   * @param what the noun: {@code order}
   */
  public Missing(String what) {
    super("There is no such " + what + ".", null, false, false);
    this.what = what;
  }

  /** The noun. */
  public String what() {
    return what;
  }
}
