package emporion.notification.messages.entity;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;

/**
 * An amount as events carry it.
 *
 * @param amount in minor units: how many make one unit is the currency's own affair
 * @param currency ISO 4217
 */
public record Money(long amount, String currency) {
  private static final char NO_BREAK_SPACE = '\u00a0';

  /** Refuses what is no currency. */
  public Money {
    Currency.getInstance(Objects.requireNonNull(currency, "currency"));
  }

  /** For readers: {@code €1,999.00}, or {@code 1.999,00 €} where that is how they write it. */
  public String shown(Locale language) {
    return shown(1, language);
  }

  /** So many times the amount, for readers; can't overflow. */
  public String shown(int times, Locale language) {
    var unit = Currency.getInstance(currency);
    int digits = Math.max(0, unit.getDefaultFractionDigits());
    var format = NumberFormat.getCurrencyInstance(language);
    format.setCurrency(unit);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    var number = BigDecimal.valueOf(amount, digits).multiply(BigDecimal.valueOf(times));
    return apart(format.format(number), unit.getSymbol(language));
  }

  /** A sign in front stands close, letters stand apart: {@code €5} and {@code CHF 5}. */
  private static String apart(String shown, String sign) {
    boolean letters = Character.isLetter(sign.codePointBefore(sign.length()));
    return letters && shown.startsWith(sign)
        ? sign + NO_BREAK_SPACE + shown.substring(sign.length())
        : shown;
  }
}
