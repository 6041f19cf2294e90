package emporion.payment.charges.boundary.v1;

import emporion.chassis.text.NoCardNumber;
import emporion.payment.charges.boundary.MoneyJson;
import emporion.payment.charges.control.Charges.ChargeRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * What to take from a card.
 *
 * @param token the card network's name of the card; never shown again
 */
public record NewChargeV1(
    @NotNull UUID orderId,
    @NotNull UUID userId,
    @NotNull @Valid MoneyJson amount,
    @NotNull @Size(min = 1, max = 255) @NoCardNumber String token) {

  ChargeRequest toRequest(String key) {
    return new ChargeRequest(key, orderId, userId, amount.toMoney(), token);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "charge for " + orderId;
  }
}
