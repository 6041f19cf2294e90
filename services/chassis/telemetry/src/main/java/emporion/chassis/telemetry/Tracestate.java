package emporion.chassis.telemetry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.regex.Pattern;

/**
 * The field {@code tracestate} (Trace Context, section 3.3). One that breaks the grammar is dropped
 * whole, as section 4.3 asks for: what one vendor has written is not for another to mend.
 */
final class Tracestate {
  private static final int MOST_MEMBERS = 32;

  /** So much is passed on at least, and here at most, since it is stored with events. */
  static final int LONGEST = 512;

  /** Members longer than that go first where all are too long. */
  private static final int LONG_MEMBER = 128;

  private static final Pattern COMMA = Pattern.compile("[ \t]*,[ \t]*");
  private static final Pattern MEMBER =
      Pattern.compile("[a-z0-9][-a-z0-9_*/@]{0,255}=[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

  private Tracestate() {}

  /** As it came, without what is empty or too much; empty for null and for what breaks a rule. */
  static String checked(String field) {
    if (field == null || field.isBlank()) {
      return "";
    }
    var members = new ArrayList<String>();
    var keys = new HashSet<String>();
    for (var member : COMMA.split(field.strip())) {
      if (!member.isEmpty()) {
        if (!MEMBER.matcher(member).matches()
            || !keys.add(member.substring(0, member.indexOf('=')))) {
          return "";
        }
        members.add(member);
      }
    }
    return members.size() > MOST_MEMBERS ? "" : shortened(members);
  }

  private static String shortened(ArrayList<String> members) {
    var whole = String.join(",", members);
    if (whole.length() <= LONGEST) {
      return whole;
    }
    members.removeIf(member -> member.length() > LONG_MEMBER);
    while (length(members) > LONGEST) {
      members.removeLast();
    }
    return String.join(",", members);
  }

  private static int length(ArrayList<String> members) {
    return members.stream().mapToInt(member -> member.length() + 1).sum() - 1;
  }
}
