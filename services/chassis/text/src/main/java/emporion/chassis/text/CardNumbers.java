package emporion.chassis.text;

import java.util.regex.Pattern;

/**
 * Finds primary account numbers (ISO/IEC 7812-1): 13 to 19 digits, in whatever script and perhaps
 * with blanks or dashes between them, whose last one is a valid check digit.
 */
final class CardNumbers {
  private static final Pattern UNBROKEN = Pattern.compile("\\d{13,}");
  private static final Pattern GROUPED =
      Pattern.compile("\\d(?:[\\p{IsWhite_Space}\\p{Pd}\\p{Cf}]{0,3}\\d){12,}");
  private static final int LONGEST = 19;

  private CardNumbers() {}

  /** Whether a card number stands anywhere in the text. */
  static boolean in(String text) {
    var plain = withDigitsOfAscii(text);
    return found(UNBROKEN, plain) || found(GROUPED, plain);
  }

  private static String withDigitsOfAscii(String text) {
    return text.codePoints()
        .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(run -> run.group().replaceAll("\\D", ""))
        .anyMatch(digits -> digits.length() <= LONGEST && checks(digits));
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
