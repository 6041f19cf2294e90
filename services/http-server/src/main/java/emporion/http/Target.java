package emporion.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request is about (RFC 9112, section 3.2).
 *
 * @param path the path and the query, with a percent sign for whatever can't stand there by itself:
 *     browsers and curl leave much of that as it is
 * @param host the host that an absolute target names
 */
record Target(String path, Optional<String> host) {
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)([/?].*)?");
  private static final Pattern PLAIN_HOST = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?");
  private static final String AS_IT_IS = "-._~!$&'()*+,;=:@/?%";
  private static final String LOCAL = "localhost";

  static Target of(String method, String given) {
    if (given.startsWith("/")) {
      return new Target(encoded(given), Optional.empty());
    }
    var absolute = ABSOLUTE.matcher(given);
    boolean whole = absolute.matches();
    if (method.equals("OPTIONS") && (given.equals("*") || whole && absolute.group(2) == null)) {
      throw aboutTheServer();
    }
    if (!whole) {
      throw RequestError.malformed("The target is neither a path nor a URI of http.").exception();
    }
    var path = absolute.group(2) == null ? "/" : absolute.group(2);
    return new Target(
        encoded(path.startsWith("/") ? path : "/" + path), Optional.of(host(absolute.group(1))));
  }

  /** The host of a field or of a target; one of our own where there is none (HTTP/1.0). */
  static String host(String given) {
    if (given == null || given.isEmpty()) {
      return LOCAL;
    }
    if (!PLAIN_HOST.matcher(given).matches() && !isHost(given)) {
      throw RequestError.field("Host", "must be the name of a host, and perhaps a port")
          .exception();
    }
    return given;
  }

  private static boolean isHost(String given) {
    try {
      var uri = new URI("http://" + given + "/");
      return uri.getHost() != null && uri.getUserInfo() == null && uri.getPath().equals("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** {@code OPTIONS *} is about no path (RFC 9110, section 9.3.7). */
  private static RequestException aboutTheServer() {
    return RequestException.builder()
        .type(EventType.OTHER)
        .status(Status.OK_200)
        .setKeepAlive(false)
        .build();
  }

  private static String encoded(String given) {
    StringBuilder encoded = null;
    boolean escaped = false;
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      escaped |= c == '%';
      if (!stands(c) && encoded == null) {
        encoded = new StringBuilder(given.length() + 16).append(given, 0, i);
      }
      if (encoded != null) {
        append(encoded, c);
      }
    }
    var target = encoded == null ? given : encoded.toString();
    if (escaped || encoded != null) {
      demandText(target);
    }
    return target;
  }

  private static boolean stands(char c) {
    return c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || AS_IT_IS.indexOf(c) >= 0;
  }

  private static void append(StringBuilder encoded, char c) {
    if (stands(c)) {
      encoded.append(c);
    } else if (c <= ' ' || c == 0x7f || c == '#') {
      throw RequestError.malformed("The target holds a control character or a fragment.")
          .exception();
    } else {
      encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
    }
  }

  /** What is escaped has to be UTF-8. */
  private static void demandText(String target) {
    try {
      var bytes = URLDecoder.decode(target, ISO_8859_1).getBytes(ISO_8859_1);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw RequestError.malformed(
              "A percent sign in the target does not begin a character of UTF-8.")
          .exception();
    }
  }
}
