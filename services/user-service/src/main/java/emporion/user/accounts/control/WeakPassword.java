package emporion.user.accounts.control;

/**
 * A new password is too easily guessed; the message says why. Without a stack trace: it is an
 * answer, not a defect.
 */
public final class WeakPassword extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WeakPassword(String why) {
    super(why, null, false, false);
  }
}
