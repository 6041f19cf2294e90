package emporion.payment.charges.boundary.v1;

import emporion.payment.charges.boundary.CurrencyCode;
import emporion.payment.charges.entity.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Money on the wire.
 *
 * @param amount minor units; at least 1 in a request
 */
public record MoneyV1(
    @NotNull @Min(1) @Max(Money.MAX) Long amount, @NotNull @CurrencyCode String currency) {

  /** Money as version 1 shows it. */
  public static MoneyV1 from(Money money) {
    return new MoneyV1(money.amount(), money.currency());
  }

  Money toMoney() {
    return new Money(amount, currency);
  }
}
