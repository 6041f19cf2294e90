package emporion.payment.charges.boundary;

import emporion.chassis.problem.Problem;
import emporion.payment.charges.entity.CardNumbers;

/** Keeps card numbers out: this service knows tokens only (PCI DSS, requirement 3). */
public final class CardData {
  private CardData() {}

  /**
   * Refuses a text that holds a card number, before it is checked, hashed or stored in any way.
   *
   * @throws Problem 400 {@code card-number-refused}, which does not repeat the number
   */
  public static void refuse(String field, String text) {
    if (text != null && CardNumbers.in(text)) {
      throw Problem.of(
          400,
          "card-number-refused",
          "Card numbers are refused",
          "'" + field + "' holds a card number. It was not stored; send the card network's token.");
    }
  }
}
