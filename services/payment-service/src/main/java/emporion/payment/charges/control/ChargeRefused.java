package emporion.payment.charges.control;

/**
 * Nothing can be said of a charge, or it was not asked for at all. Without a stack trace: it is an
 * answer, not a defect.
 */
public final class ChargeRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Why why;

  ChargeRefused(Why why) {
    super(why.name(), null, false, false);
    this.why = why;
  }

  public Why why() {
    return why;
  }

  /** The reasons that there are. */
  public enum Why {
    /** The token is none of the card network's. */
    UNKNOWN_TOKEN,
    /** The key came with another charge before. */
    KEY_REUSED,
    /** The network does not say what happened: repeat the request, or void the key. */
    OUTCOME_UNKNOWN
  }
}
