package emporion.order.ordering.entity;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount in minor units of an ISO 4217 currency: {@code 1999 EUR} is 19.99 euros.
 *
 * @param amount minor units
 * @param currency three capital letters
 */
public record Money(long amount, String currency) {
  /** The most that payment-service takes at once. */
  public static final long MOST = 1_000_000_000_000L;

  /**
   * The sum.
   *
   * @throws ArithmeticException past 2^63 - 1
   * @throws IllegalArgumentException for two currencies
   */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("Two currencies: " + currency + ", " + other.currency);
    }
    return new Money(Math.addExact(amount, other.amount), currency);
  }

  /**
   * The product.
   *
   * @throws ArithmeticException past 2^63 - 1
   */
  public Money times(int quantity) {
    return new Money(Math.multiplyExact(amount, (long) quantity), currency);
  }

  /** For people: {@code 19.99 EUR}. */
  public String words() {
    return BigDecimal.valueOf(amount, fractionDigits()).toPlainString() + " " + currency;
  }

  /** What is no currency of ISO 4217, or has no minor unit, is shown as it is counted. */
  private int fractionDigits() {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
