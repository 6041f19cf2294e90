package emporion.chassis.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/**
 * The form in which texts are compared, searched and sorted: without case, accents and what one
 * keyboard has and another has not. Łódź is lodz, Straße strasse, ΚΟΣ κοσ, Barn’s barn's.
 */
public final class Folding {
  /** What one character becomes at most in Lucene's table. */
  private static final int LONGEST = 4;

  /**
   * Marks above and below letters, and what is not seen inside of a word. A Japanese voicing mark
   * makes another letter, as do the vowel signs of Indian scripts: these stay.
   */
  private static final Pattern DROPPED =
      Pattern.compile(
          "[\\p{Mn}&&[\\p{IsInherited}\\p{IsHebrew}\\p{IsArabic}\\p{IsCyrillic}]"
              + "&&[^\\x{3099}\\x{309A}]]|[\\p{Cf}\\x{FE00}-\\x{FE0F}\\x{115F}\\x{1160}\\x{2800}]");

  private static final Pattern SPACES = Pattern.compile("[\\p{IsWhite_Space}]+");

  private Folding() {}

  /** Equal for texts that count as the same; at most four times as long in NFKD. */
  public static String of(String text) {
    var plain = DROPPED.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    var folded = spaced(ascii(lower(plain)));
    return folded.isEmpty() ? Text.line(text).toLowerCase(Locale.ROOT) : folded;
  }

  /**
   * Simple case folding by way of the capitals: the final sigma and the dotless i are one with the
   * others.
   */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toUpperCase)
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String ascii(String text) {
    var from = text.toCharArray();
    var to = new char[from.length * LONGEST];
    int length = ASCIIFoldingFilter.foldToASCII(from, 0, to, 0, from.length);
    return new String(to, 0, length).replace('ʼ', '\'').replace('ʻ', '\'');
  }

  private static String spaced(String text) {
    return Normalizer.normalize(SPACES.matcher(text).replaceAll(" ").strip(), Normalizer.Form.NFC);
  }
}
