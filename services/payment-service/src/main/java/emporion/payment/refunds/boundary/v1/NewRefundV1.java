package emporion.payment.refunds.boundary.v1;

import emporion.payment.charges.boundary.CardData;
import emporion.payment.charges.entity.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What to give back.
 *
 * @param amount minor units of the payment's currency; absent for all that is left
 * @param reason for people; absent where there is none
 */
public record NewRefundV1(
    @Min(1) @Max(Money.MAX) Long amount,
    @Size(min = 1, max = 200)
        @Pattern(regexp = "\\P{Cc}*", message = "must not contain control characters")
        String reason) {

  public NewRefundV1 {
    CardData.refuse("reason", reason);
  }
}
