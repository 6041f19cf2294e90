package emporion.chassis.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as they stand in requests and headers. */
final class Times {
  /** A time with its parts up to the minutes, its seconds, their fraction, and its offset. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:)([0-9]{2})(?:\\.([0-9]{1,9})[0-9]*)?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /** A date as headers have it (RFC 9110, section 5.6.7). */
  static String httpDate(Instant time) {
    return IMF_FIXDATE.format(time);
  }

  /**
   * A time as RFC 3339 has it; empty for anything else that ISO 8601 or Java know. A leap second is
   * the one before it: Java's clock does not have it.
   */
  static Optional<Instant> parse(String text) {
    var parts = RFC_3339.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean leap = parts.group(2).equals("60");
    var seconds = leap ? "59" : parts.group(2);
    var fraction = parts.group(3) == null ? "" : "." + parts.group(3);
    try {
      var time = OffsetDateTime.parse(parts.group(1) + seconds + fraction + parts.group(4));
      return leap && !endsADay(time) ? Optional.empty() : Optional.of(time.toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean endsADay(OffsetDateTime time) {
    var utc = time.withOffsetSameInstant(ZoneOffset.UTC);
    return utc.getHour() == 23 && utc.getMinute() == 59;
  }
}
