package emporion.gateway;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Header fields that end at the gateway, among others that pass. */
final class Fields {
  private static final HttpHeadersFactory UNCHECKED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private final HttpHeaders names = new DefaultHttpHeaders();
  private final List<String> prefixes;

  /**
   * A set of names.
   *
   * @param prefixes in lower case; each name that begins so is one of them too
   */
  Fields(List<String> names, List<String> prefixes) {
    names.forEach(name -> this.names.add(name, ""));
    this.prefixes = prefixes;
  }

  /**
   * Copies those that are not among them.
   *
   * @param options what {@code Connection} names, in lower case: it ends here too
   */
  void copyOthers(HttpHeaders from, List<String> options, HttpHeaders to) {
    var fields = from.iteratorCharSequence();
    while (fields.hasNext()) {
      var field = fields.next();
      var name = field.getKey();
      if (!names.contains(name) && !prefixed(name) && !named(options, name)) {
        to.add(name, field.getValue());
      }
    }
  }

  private boolean prefixed(CharSequence name) {
    char first = name.charAt(0);
    for (var prefix : prefixes) {
      if ((first | 0x20) == prefix.charAt(0)
          && AsciiString.regionMatches(name, true, 0, prefix, 0, prefix.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean named(List<String> options, CharSequence name) {
    return !options.isEmpty() && options.contains(name.toString().toLowerCase(Locale.ROOT));
  }

  /** A place for fields that have been checked already. */
  static HttpHeaders unchecked() {
    return UNCHECKED.newHeaders();
  }

  /** Drops what stands behind a body: it belongs to the hop (RFC 9110, section 6.5.1). */
  static void dropTrailers(HttpContent piece) {
    if (piece instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
      last.trailingHeaders().clear();
    }
  }

  /** What {@code Connection} says of the hop, in lower case. */
  static List<String> options(HttpHeaders headers) {
    if (!headers.contains(HttpHeaderNames.CONNECTION)) {
      return List.of();
    }
    var options = new ArrayList<String>();
    for (var value : headers.getAll(HttpHeaderNames.CONNECTION)) {
      for (var option : value.split(",")) {
        options.add(option.strip().toLowerCase(Locale.ROOT));
      }
    }
    return options;
  }
}
