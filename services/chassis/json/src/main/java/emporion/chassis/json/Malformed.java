package emporion.chassis.json;

/** JSON that is no value of the type that was asked for, and where. */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String pointer;

  Malformed(String pointer, String detail) {
    this(pointer, detail, null);
  }

  Malformed(String pointer, String detail, Throwable cause) {
    super(detail, cause);
    this.pointer = pointer;
  }

  /** The place, as a JSON pointer (RFC 6901); empty for the whole text. */
  public String pointer() {
    return pointer;
  }
}
