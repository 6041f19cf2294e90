package emporion.chassis.logging;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of what is logged whatever looks like a credential. Nothing of this project logs one; a
 * library may, once somebody has it say more.
 */
public final class Secrets {
  private static final String MASK = "****";

  /** One of these stands in what is worth a closer look. */
  private static final List<String> HINTS =
      List.of(
          "eyJ",
          "tok_",
          "bearer",
          "basic",
          "authorization",
          "cookie",
          "passw",
          "secret",
          "token",
          "api");

  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)\\b(bearer|basic)(\\s+)[\\w.~+/=-]{6,}");
  private static final Pattern SIGNED = Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+(?:\\.[\\w-]*)*");
  private static final Pattern CARD = Pattern.compile("\\btok_\\w+");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:authorization|cookie|passw(?:or)?d|secret|token|api[_-]?key)[\"']?\\s*[:=]\\s*[\"']?)"
              + "(?!\\s|(?:bearer|basic)\\b)[^\\s\"',;&}]+");

  private Secrets() {}

  /** The same text without them. */
  public static String masked(String text) {
    if (!isWorthALook(text)) {
      return text;
    }
    var signed = SIGNED.matcher(text).replaceAll(MASK);
    var credentials = CREDENTIALS.matcher(signed).replaceAll("$1$2" + MASK);
    return CARD.matcher(NAMED.matcher(credentials).replaceAll("$1" + MASK)).replaceAll(MASK);
  }

  /** Much faster than a pattern, and the answer for nearly each line. */
  private static boolean isWorthALook(String text) {
    for (int i = 0; i < text.length(); i++) {
      int first = text.charAt(i) | 0x20;
      for (var hint : HINTS) {
        if (hint.charAt(0) == first && text.regionMatches(true, i, hint, 0, hint.length())) {
          return true;
        }
      }
    }
    return false;
  }
}
