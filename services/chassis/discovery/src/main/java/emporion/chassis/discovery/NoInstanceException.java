package emporion.chassis.discovery;

/** A service has no instance that could be called. */
public final class NoInstanceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoInstanceException(String service) {
    super("No instance of " + service + " is known", null, false, false);
  }
}
