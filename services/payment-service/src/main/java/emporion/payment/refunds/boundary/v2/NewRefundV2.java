package emporion.payment.refunds.boundary.v2;

import emporion.chassis.text.FreeText;
import emporion.payment.charges.boundary.MoneyJson;
import emporion.payment.refunds.boundary.NewRefund;
import emporion.payment.refunds.control.RefundTransactions.RefundRequest;
import jakarta.validation.Valid;

/**
 * What to give back.
 *
 * @param amount in the payment's currency; absent for all that is left
 * @param reason for people; absent where there is none
 */
public record NewRefundV2(@Valid MoneyJson amount, @FreeText(max = 200) String reason)
    implements NewRefund {

  @Override
  public RefundRequest toRequest() {
    return amount == null
        ? new RefundRequest(null, null, reason)
        : new RefundRequest(amount.amount(), amount.currency(), reason);
  }
}
