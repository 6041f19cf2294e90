package emporion.product.catalogue.boundary.v1;

import emporion.product.catalogue.entity.Money;
import jakarta.validation.constraints.NotNull;

/** A price: minor units, and a currency of ISO 4217. */
public record MoneyV1(@NotNull Long amount, @NotNull String currency) {
  Money toMoney() {
    return new Money(amount, currency);
  }
}
