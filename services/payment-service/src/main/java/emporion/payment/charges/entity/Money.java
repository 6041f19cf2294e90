package emporion.payment.charges.entity;

/**
 * An amount that a card is charged with or given back.
 *
 * @param amount minor units of the currency
 * @param currency ISO 4217
 */
public record Money(long amount, String currency) {
  /** The most that one payment may be: sums of a million of them still fit into a long. */
  public static final long MAX = 1_000_000_000_000L;
}
