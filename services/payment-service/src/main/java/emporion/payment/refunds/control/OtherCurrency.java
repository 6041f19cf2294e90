package emporion.payment.refunds.control;

/** A refund has the currency of its payment. Without a stack trace: it is an answer, no defect. */
public final class OtherCurrency extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OtherCurrency(String own) {
    super("must be the payment's, " + own, null, false, false);
  }
}
