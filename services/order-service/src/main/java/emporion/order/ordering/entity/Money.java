package emporion.order.ordering.entity;

/**
 * An amount in minor units of an ISO 4217 currency: {@code 1999 EUR} is 19.99 euros.
 *
 * @param amount minor units
 * @param currency three capital letters
 */
public record Money(long amount, String currency) {
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
}
