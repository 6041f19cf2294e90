package emporion.payment.charges.boundary;

import emporion.payment.charges.entity.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Money on the wire.
 *
 * @param amount minor units; at least 1 in a request
 */
public record MoneyJson(
    @NotNull @Min(1) @Max(Money.MAX) Long amount, @NotNull @CurrencyCode String currency) {

  /** Money as all versions show it. */
  public static MoneyJson from(Money money) {
    return new MoneyJson(money.amount(), money.currency());
  }

  /** Money as it was asked for. */
  public Money toMoney() {
    return new Money(amount, currency);
  }
}
