package emporion.broker;

/** Why the process can't start, in words that tell its operator what to change. */
final class StartFailure extends RuntimeException {
  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  static StartFailure taken(String setting, String host, int port) {
    return new StartFailure(
        "Port %d on %s is taken: free it, or set %s to another".formatted(port, host, setting));
  }
}
