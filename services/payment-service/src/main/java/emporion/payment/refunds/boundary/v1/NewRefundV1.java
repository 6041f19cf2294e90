package emporion.payment.refunds.boundary.v1;

import emporion.chassis.text.FreeText;
import emporion.payment.charges.entity.Money;
import emporion.payment.refunds.boundary.NewRefund;
import emporion.payment.refunds.control.RefundTransactions.RefundRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What to give back.
 *
 * @param amount minor units of the payment's currency; absent for all that is left
 * @param reason for people; absent where there is none
 */
public record NewRefundV1(@Min(1) @Max(Money.MAX) Long amount, @FreeText(max = 200) String reason)
    implements NewRefund {

  @Override
  public RefundRequest toRequest() {
    return new RefundRequest(amount, null, reason);
  }
}
