package emporion.user.accounts.control;

/** Not the password in force. Without a stack trace: it is an answer, not a defect. */
public final class WrongPassword extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongPassword() {
    super("must be the password in force", null, false, false);
  }
}
