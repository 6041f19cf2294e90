package emporion.payment.charges.control;

/**
 * The card network has not said yet what is left; the request is to be repeated. Without a stack
 * trace: it is an answer, not a defect.
 */
public final class CardNetworkSilent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CardNetworkSilent() {
    super("The card network does not answer.", null, false, false);
  }
}
