package emporion.payment.charges.entity;

import java.util.regex.Pattern;

/**
 * Finds primary account numbers (ISO/IEC 7812-1): 13 to 19 digits, perhaps with blanks or dashes
 * between them, whose last one is a valid check digit.
 */
public final class CardNumbers {
  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;
  private static final Pattern DIGITS = Pattern.compile("\\d(?:[ \\-]{0,3}\\d){12,}");

  private CardNumbers() {}

  /** Whether a card number stands anywhere in the text. */
  public static boolean in(String text) {
    return DIGITS
        .matcher(text)
        .results()
        .anyMatch(run -> contained(run.group().replaceAll("\\D", "")));
  }

  private static boolean contained(String digits) {
    for (int from = 0; from + SHORTEST <= digits.length(); from++) {
      for (int to = from + SHORTEST; to <= Math.min(from + LONGEST, digits.length()); to++) {
        if (checks(digits.substring(from, to))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The Luhn formula (ISO/IEC 7812-1, annex B). */
  private static boolean checks(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
