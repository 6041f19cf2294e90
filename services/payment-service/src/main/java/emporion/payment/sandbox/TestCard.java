package emporion.payment.sandbox;

import emporion.payment.charges.entity.DeclineReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sandbox's cards; the token is {@code tok_} and the name in lower case. */
public enum TestCard {
  VISA("visa"),
  MASTERCARD("mastercard"),
  AMEX("amex"),
  VISA_DECLINED("visa", DeclineReason.CARD_DECLINED),
  INSUFFICIENT_FUNDS("visa", DeclineReason.INSUFFICIENT_FUNDS),
  EXPIRED_CARD("visa", DeclineReason.EXPIRED_CARD),
  /** Is charged after {@code emporion.sandbox.slow}. */
  SLOW("visa"),
  /** Is never charged, and no answer comes. */
  TIMEOUT("visa"),
  /** Is charged at once, but the first answer is lost. */
  LOST_ANSWER("visa"),
  /** Is charged; giving back fails {@code emporion.sandbox.refund-failures} times, then works. */
  REFUND_FAILS("visa");

  /** The tokens of all of them. */
  static final Pattern TOKENS =
      Pattern.compile(
          Arrays.stream(values()).map(TestCard::token).collect(Collectors.joining("|")));

  private final String brand;
  private final DeclineReason decline;

  TestCard(String brand) {
    this(brand, null);
  }

  TestCard(String brand, DeclineReason decline) {
    this.brand = brand;
    this.decline = decline;
  }

  static Optional<TestCard> of(String token) {
    return Arrays.stream(values()).filter(card -> card.token().equals(token)).findFirst();
  }

  private String token() {
    return "tok_" + name().toLowerCase(Locale.ROOT);
  }

  String brand() {
    return brand;
  }

  /** Whether nothing is booked at once. */
  boolean dawdles() {
    return this == SLOW || this == TIMEOUT;
  }

  /** Whether the charge outlasts the patience of the one who asked. */
  boolean late() {
    return this == SLOW || this == LOST_ANSWER;
  }

  Optional<DeclineReason> decline() {
    return Optional.ofNullable(decline);
  }
}
