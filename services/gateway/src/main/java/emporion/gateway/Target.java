package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The request target in origin form, or in absolute form (RFC 9112, section 3.2.2). It is let pass
 * only where every parser on the way reads it alike: no empty or dot segment, no path parameter,
 * and no character encoded that would mean something else to a reader who decodes it early. What
 * clients send as it is and RFC 3986 wants encoded is encoded, so that no service has to guess; the
 * rest is passed on byte for byte.
 *
 * @param path starts with a slash
 * @param query without its question mark; empty where there is none
 */
record Target(String path, String query) {
  private static final List<String> SCHEMES = List.of("http://", "https://");
  private static final boolean[] IN_PATH = characters("-._~!$&'()*+,=:@/");
  private static final boolean[] IN_QUERY = characters("-._~!$&'()*+,=:@/;?");

  /** What browsers leave as it is in a path. */
  private static final boolean[] ENCODED_IN_PATH = only("|[]^{}`");

  private static final boolean[] ENCODED_IN_QUERY = only("|[]^{}`\"<>\\");

  /** The whole server (RFC 9110, section 9.3.7), which only {@code OPTIONS} asks for. */
  private static final String SERVER = "*";

  private static boolean[] characters(String others) {
    var characters = only(others);
    for (char c = 'a'; c <= 'z'; c++) {
      characters[c] = true;
      characters[c - 'a' + 'A'] = true;
    }
    for (char c = '0'; c <= '9'; c++) {
      characters[c] = true;
    }
    return characters;
  }

  private static boolean[] only(String characters) {
    var only = new boolean[128];
    for (char c : characters.toCharArray()) {
      only[c] = true;
    }
    return only;
  }

  /** Whether a request is about the whole server, and no path of it (RFC 9112, section 3.2.4). */
  static boolean isServer(HttpRequest request) {
    return HttpMethod.OPTIONS.equals(request.method())
        && (request.uri().equals(SERVER) || pathOf(request.uri()).isEmpty());
  }

  /**
   * The host that a target in absolute form names.
   *
   * @param text as it stands in the request line, each byte a character
   * @param secure whether the client's connection is encrypted
   * @throws Problem 400 where it is another scheme's, or names no host
   */
  static Optional<String> authority(String text, boolean secure) {
    int start = authorityStart(text);
    if (start < 0) {
      return Optional.empty();
    }
    var authority = text.substring(start, authorityEnd(text, start));
    if (!isAuthority(authority) || text.regionMatches(true, 0, "https", 0, 5) != secure) {
      throw ambiguous();
    }
    return Optional.of(authority);
  }

  private static int authorityStart(String text) {
    for (var scheme : SCHEMES) {
      if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  private static int authorityEnd(String text, int start) {
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String pathOf(String text) {
    int start = authorityStart(text);
    return start < 0 ? text : text.substring(authorityEnd(text, start));
  }

  /**
   * The target of a request.
   *
   * @param text as it stands in the request line, each byte a character
   * @throws Problem 400 where it could be read in two ways
   */
  static Target of(String text) {
    var origin = pathOf(text);
    if (authorityStart(text) >= 0 && !origin.startsWith("/")) {
      origin = "/" + origin;
    }
    int mark = origin.indexOf('?');
    var path =
        encoded(mark < 0 ? origin : origin.substring(0, mark), IN_PATH, ENCODED_IN_PATH, false);
    var query =
        mark < 0 ? "" : encoded(origin.substring(mark + 1), IN_QUERY, ENCODED_IN_QUERY, true);
    if (!clear(path)) {
      throw ambiguous();
    }
    return new Target(path, query);
  }

  /** Whether a text is a host, with a port or without. */
  static boolean isAuthority(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!plain && "-._:[]".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static Problem ambiguous() {
    return Problem.of(
        400,
        "ambiguous-target",
        "The request target is not acceptable",
        "Send an absolute path without empty or dot segments, path parameters or encoded"
            + " delimiters, and a query in UTF-8.");
  }

  /** As it goes to a service: its path and query. */
  String text() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  /**
   * The text with what has to be encoded so.
   *
   * @param loosePercent whether a percent sign that begins no encoding stands for itself
   */
  private static String encoded(
      String text, boolean[] plain, boolean[] encodable, boolean loosePercent) {
    int first = 0;
    while (first < text.length() && passes(text, first, plain)) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    var encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (passes(text, i, plain)) {
        encoded.append(c);
      } else if (c == '%' ? loosePercent : c > 127 || encodable[c]) {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      } else {
        throw ambiguous();
      }
    }
    demandUtf8(text);
    return encoded.toString();
  }

  private static boolean passes(String text, int at, boolean[] plain) {
    char c = text.charAt(at);
    return c == '%' ? decoded(text, at) >= 0 : c < 128 && plain[c];
  }

  private static void demandUtf8(String bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (CharacterCodingException e) {
      throw ambiguous();
    }
  }

  private static int decoded(String text, int percent) {
    if (percent + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean clear(String path) {
    int length = path.length();
    if (path.isEmpty() || path.charAt(0) != '/') {
      return false;
    }
    int segment = 1;
    for (int i = 1; i < length; i++) {
      char c = path.charAt(i);
      if (c == '/') {
        if (i == segment || dots(path, segment, i)) {
          return false;
        }
        segment = i + 1;
      } else if (c == '%' && !harmless(decoded(path, i))) {
        return false;
      }
    }
    return !dots(path, segment, length);
  }

  private static boolean dots(String path, int from, int to) {
    return to - from <= 2 && to > from && path.charAt(from) == '.' && path.charAt(to - 1) == '.';
  }

  private static boolean harmless(int c) {
    return c >= 0x20 && c != 0x7f && "/\\.;%?#".indexOf(c) < 0;
  }
}
