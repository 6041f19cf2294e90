package emporion.product.catalogue.entity;

import java.util.Currency;

/**
 * A price in minor units of an ISO 4217 currency: {@code 1999 EUR} is 19.99 euros.
 *
 * @param amount minor units, 0 to {@value #MAX} in the catalogue
 * @param currency three capital letters
 */
public record Money(long amount, String currency) {
  /** Ten billion euros, so that an order's total stays far from the end of a long. */
  public static final long MAX = 1_000_000_000_000L;

  boolean amountHolds() {
    return amount >= 0 && amount <= MAX;
  }

  /** Gold and the code for tests are in ISO 4217 too, but have no minor unit to count. */
  boolean currencyHolds() {
    try {
      return currency != null && Currency.getInstance(currency).getDefaultFractionDigits() >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
