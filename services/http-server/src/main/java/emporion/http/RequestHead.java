package emporion.http;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The head of a request (RFC 9112, sections 2 to 6) in the words that the server knows: a line and
 * fields of HTTP/1.1, a target that is a path, one host.
 *
 * @param isHead whether the method is HEAD, which the server is given as GET: whoever answers need
 *     not know it, and the answer's head is the same (RFC 9110, section 9.3.2)
 * @param hasContent whether a content follows
 * @param last whether the connection ends with the answer
 * @param trace the {@code traceparent}; empty where there is none
 * @param text all lines, the empty one included
 */
record RequestHead(boolean isHead, boolean hasContent, boolean last, String trace, String text) {
  private static final Pattern LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^ ]+) HTTP/([0-9])\\.([0-9])");
  static final String NO_REQUEST = "It does not begin with a method, a target and a version.";

  private static final String CRLF = "\r\n";
  private static final int ROOM = 64;

  /**
   * Reads a head.
   *
   * @param given its lines, each with its CRLF, without the empty one
   * @throws io.helidon.http.RequestException for what is no request, or another one to another
   *     reader
   */
  static RequestHead of(String given) {
    int end = given.indexOf(CRLF);
    var first = line(given.substring(0, end));
    var method = first.group(1);
    boolean isHead = method.equals("HEAD");
    var fields = new Fields(first.group(4).equals("0"));
    for (int begin = end + 2; begin < given.length(); begin = end + 2) {
      end = given.indexOf(CRLF, begin);
      fields.add(given.substring(begin, end));
    }
    fields.check();
    var target = Target.of(method, first.group(2));
    var head = new StringBuilder(given.length() + ROOM);
    head.append(isHead ? "GET" : method).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
    fields.writeTo(head, target.host());
    return new RequestHead(
        isHead, fields.hasContent(), fields.last(), fields.trace(), head.append(CRLF).toString());
  }

  /**
   * Reads the first line of a head.
   *
   * @throws io.helidon.http.RequestException for what is none
   */
  static MatchResult line(String given) {
    var line = LINE.matcher(given);
    if (!line.matches()) {
      throw RequestError.malformed(NO_REQUEST).exception();
    }
    if (!line.group(3).equals("1")) {
      throw RequestError.VERSION.exception();
    }
    return line;
  }
}
