package emporion.local;

/** What ends a command with a word to whoever called it. */
final class Failure extends RuntimeException {
  private static final int WRONG_CALL = 2;

  private final int code;

  Failure(String message) {
    this(message, 1);
  }

  private Failure(String message, int code) {
    super(message);
    this.code = code;
  }

  /** An argument that nobody knows. */
  static Failure unknown(String argument, String usage) {
    return new Failure("Unknown argument: %s\n\n%s".formatted(argument, usage), WRONG_CALL);
  }

  /** With which the process ends. */
  int code() {
    return code;
  }
}
