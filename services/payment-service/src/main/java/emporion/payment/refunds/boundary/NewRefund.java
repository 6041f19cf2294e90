package emporion.payment.refunds.boundary;

import emporion.payment.refunds.control.RefundTransactions.RefundRequest;

/** How one version of the API asks for a refund. */
public interface NewRefund {
  RefundRequest toRequest();
}
