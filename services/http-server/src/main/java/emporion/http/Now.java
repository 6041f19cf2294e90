package emporion.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The {@code Date} of answers (RFC 9110, section 5.6.7): the server's own has one digit on the
 * first nine days of a month, which is no date of HTTP.
 */
record Now(long second, Header header) {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static volatile Now last = at(0);

  static Now at(long second) {
    var text = IMF_FIXDATE.format(Instant.ofEpochSecond(second));
    return new Now(second, HeaderValues.createCached(HeaderNames.DATE, text));
  }

  static Header date() {
    long second = System.currentTimeMillis() / 1_000;
    var now = last;
    if (now.second != second) {
      now = at(second);
      last = now;
    }
    return now.header;
  }
}
