package emporion.product.catalogue.boundary;

import emporion.product.catalogue.entity.Money;
import emporion.product.catalogue.entity.Offer;
import jakarta.validation.constraints.NotNull;

/** A price: minor units, and a currency of ISO 4217. */
public record Price(@NotNull Long amount, @NotNull String currency) {
  /** What a product costs. */
  public static Price of(Offer offer) {
    return new Price(offer.priceAmount(), offer.priceCurrency());
  }

  public Money toMoney() {
    return new Money(amount, currency);
  }
}
