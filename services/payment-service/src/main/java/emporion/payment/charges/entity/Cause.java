package emporion.payment.charges.entity;

/**
 * Who wants money to go back, and why.
 *
 * @param reason null where nobody said
 * @param by the subject of the one who asked; null where nobody did
 */
public record Cause(String reason, String by) {
  /** Of nobody: it follows from what happened. */
  public static final Cause NONE = new Cause(null, null);
}
