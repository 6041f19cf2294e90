package emporion.user.reset.control;

/**
 * A link for a new password is unknown, was used or is too old, or its account may use none.
 * Without a stack trace: it is an answer, not a defect.
 */
public final class LinkNotGood extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LinkNotGood() {
    super("The link is not good", null, false, false);
  }
}
