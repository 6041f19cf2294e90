package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.helidon.http.HttpPrologue;

/**
 * The request target (RFC 9112, section 3.2), let pass in origin form only and only where every
 * parser on the way reads it alike: no empty or dot segment, no path parameter, and no character
 * encoded that would mean something else to a reader who decodes it early. Passed on byte for byte.
 *
 * @param path starts with a slash
 * @param query as sent, without its question mark; empty where there is none
 */
record Target(String path, String query) {
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      PLAIN[c] = true;
      PLAIN[c - 'a' + 'A'] = true;
    }
    for (char c = '0'; c <= '9'; c++) {
      PLAIN[c] = true;
    }
    for (char c : "-._~!$&'()*+,=:@/".toCharArray()) {
      PLAIN[c] = true;
    }
  }

  /**
   * The target of a request.
   *
   * @throws Problem 400 where it could be read in two ways
   */
  static Target of(HttpPrologue prologue) {
    var path = prologue.uriPath().rawPath();
    var query = prologue.query().rawValue();
    if (!clearPath(path) || !clearQuery(query) || prologue.fragment().hasValue()) {
      throw Problem.of(
          400,
          "ambiguous-target",
          "The request target is not acceptable",
          "Send an absolute path without empty or dot segments, path parameters or encoded"
              + " delimiters.");
    }
    return new Target(path, query);
  }

  private static boolean clearPath(String path) {
    int length = path.length();
    if (length == 0 || path.charAt(0) != '/') {
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
      } else if (c == '%') {
        if (i + 2 >= length || !harmless(decoded(path, i))) {
          return false;
        }
        i += 2;
      } else if (c >= 128 || !PLAIN[c]) {
        return false;
      }
    }
    return !dots(path, segment, length);
  }

  private static boolean dots(String path, int from, int to) {
    return to - from <= 2 && to > from && path.charAt(from) == '.' && path.charAt(to - 1) == '.';
  }

  private static int decoded(String path, int percent) {
    int high = Character.digit(path.charAt(percent + 1), 16);
    int low = Character.digit(path.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean harmless(int c) {
    return c >= 0x20 && c != 0x7f && "/\\.;%?#".indexOf(c) < 0;
  }

  private static boolean clearQuery(String query) {
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= ' ' || c > '~' || c == '#') {
        return false;
      }
    }
    return true;
  }
}
