package emporion.order.ordering.boundary;

import emporion.order.ordering.entity.Money;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** A price as the customer saw it. */
public record ExpectedMoney(
    @NotNull @Min(0) Long amount,
    @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be a currency code of ISO 4217")
        String currency) {
  /** Null for null: nothing is expected. */
  public static Money orNull(ExpectedMoney money) {
    return money == null ? null : new Money(money.amount, money.currency);
  }
}
