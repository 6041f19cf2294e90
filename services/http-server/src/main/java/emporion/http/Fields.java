package emporion.http;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The header fields of a request (RFC 9110, section 5, and RFC 9112, sections 5 and 6). */
final class Fields {
  private static final String[] NOTHING = {};
  private static final String TOKEN = "!#$%&'*+.^_`|~-";

  /** What has one value (RFC 9110, section 5.3), so that two of them are two requests in one. */
  private static final Map<String, String> ONCE =
      Stream.of(
              "Authorization",
              "Content-Type",
              "Host",
              "Idempotency-Key",
              "If-Modified-Since",
              "If-Range",
              "If-Unmodified-Since",
              "Range")
          .collect(toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), name -> name));

  private final boolean old;
  private final Set<String> seen = new HashSet<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> ofContent = new ArrayList<>();
  private String host;
  private String length;
  private String coding;
  private String trace = "";
  private boolean packed;
  private boolean closes;
  private boolean keeps;

  /** Without any; those of HTTP/1.0 are {@code old}. */
  Fields(boolean old) {
    this.old = old;
  }

  void add(String line) {
    int colon = nameEnd(line);
    for (int i = colon + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7f) {
        throw RequestError.malformed("A header field holds a control character.").exception();
      }
    }
    add(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(), line);
  }

  private static int nameEnd(String line) {
    int colon = 0;
    while (colon < line.length() && isToken(line.charAt(colon))) {
      colon++;
    }
    if (colon == 0 || colon == line.length() || line.charAt(colon) != ':') {
      throw RequestError.malformed("A header field does not begin with its name.").exception();
    }
    return colon;
  }

  static boolean isToken(char c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || TOKEN.indexOf(c) >= 0;
  }

  private void add(String name, String value, String line) {
    var single = ONCE.get(name);
    if (single != null && !seen.add(name)) {
      throw RequestError.field(single, "must not be there twice").exception();
    }
    switch (name) {
      case "host" -> host = value;
      case "connection" -> connection(value);
      case "content-length" -> length = only(length, value);
      case "transfer-encoding" -> coding = only(coding, value);
      case "content-type" -> ofContent.add(line);
      case "content-encoding" -> packed |= !value.equalsIgnoreCase("identity");
      case "expect" -> expect(value);
      case "traceparent" -> {
        trace = value;
        lines.add(line);
      }
      default -> lines.add(line);
    }
  }

  private static String only(String first, String value) {
    if (first != null) {
      throw RequestError.FRAMING.exception();
    }
    return value;
  }

  private void connection(String value) {
    for (var option : value.split(",")) {
      closes |= option.strip().equalsIgnoreCase("close");
      keeps |= option.strip().equalsIgnoreCase("keep-alive");
    }
  }

  /** What HTTP/1.0 expects is passed over (RFC 9110, section 10.1.1). */
  private void expect(String value) {
    for (var one : old ? NOTHING : value.split(",")) {
      var expected = one.strip();
      if (expected.equalsIgnoreCase("100-continue")) {
        lines.add("Expect: 100-continue");
      } else if (!expected.isEmpty()) {
        throw RequestError.EXPECTATION.exception();
      }
    }
  }

  /** Whether all readers find the same host and the same end of the content. */
  void check() {
    boolean clear =
        coding == null
            ? length == null || length.matches("[0-9]{1,18}")
            : length == null && coding.equals("chunked") && !old;
    if (!clear) {
      throw RequestError.FRAMING.exception();
    }
    if (packed && hasContent()) {
      throw RequestError.field("Content-Encoding", "must be identity: nothing is unpacked")
          .exception();
    }
    if (host == null && !old) {
      throw RequestError.field("Host", "must be there").exception();
    }
  }

  /** Whether a content follows. */
  boolean hasContent() {
    return coding != null || length != null && !length.matches("0+");
  }

  /** The {@code traceparent}; empty where there is none. */
  String trace() {
    return trace;
  }

  /** Whether the connection ends with the answer. */
  boolean last() {
    return closes || old && !keeps;
  }

  /**
   * Writes all lines.
   *
   * @param asked the host that the target names; it counts more than the field's (RFC 9112, section
   *     3.2.2)
   */
  void writeTo(StringBuilder head, Optional<String> asked) {
    head.append("Host: ").append(asked.orElseGet(() -> Target.host(host))).append("\r\n");
    if (last()) {
      head.append("Connection: close\r\n");
    }
    if (coding != null) {
      head.append("Transfer-Encoding: chunked\r\n");
    }
    if (length != null) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    if (hasContent()) {
      ofContent.forEach(line -> head.append(line).append("\r\n"));
    }
    for (var line : lines) {
      head.append(line).append("\r\n");
    }
  }
}
