package emporion.chassis.telemetry;

import java.util.regex.Pattern;

/**
 * The field {@code baggage} (W3C Baggage, section 3). Members that break the grammar are dropped,
 * and so are those beyond the limits that the recommendation asks everybody to hold.
 */
final class Baggage {
  private static final int MOST_MEMBERS = 64;

  /** Of all, with the commas between them; a column holds it. */
  static final int LONGEST = 8192;

  private static final Pattern COMMA = Pattern.compile("[ \t]*,[ \t]*");
  private static final Pattern SEMICOLON = Pattern.compile("[ \t]*;[ \t]*");
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String VALUE = "[!#-+\\--:<-\\[\\]-~]*";
  private static final String SPACE = "[ \t]*";
  private static final Pattern PAIR = Pattern.compile(TOKEN + SPACE + "=" + SPACE + VALUE);
  private static final Pattern PROPERTY =
      Pattern.compile(TOKEN + "(" + SPACE + "=" + SPACE + VALUE + ")?");

  private Baggage() {}

  /** What of it holds, as it came; empty for null. */
  static String checked(String field) {
    if (field == null || field.isBlank()) {
      return "";
    }
    var kept = new StringBuilder();
    int members = 0;
    for (var member : COMMA.split(field.strip())) {
      var comma = members == 0 ? "" : ",";
      boolean fits = kept.length() + comma.length() + member.length() <= LONGEST;
      if (fits && members < MOST_MEMBERS && isMember(member)) {
        kept.append(comma).append(member);
        members++;
      }
    }
    return kept.toString();
  }

  /** A pair, and its properties. */
  private static boolean isMember(String member) {
    var parts = SEMICOLON.split(member, -1);
    for (int i = 0; i < parts.length; i++) {
      if (!(i == 0 ? PAIR : PROPERTY).matcher(parts[i]).matches()) {
        return false;
      }
    }
    return true;
  }
}
