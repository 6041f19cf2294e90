package emporion.gateway;

import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Trace;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.webserver.ConnectionContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request's head, checked once and written as the service gets it: the fields of the hop (RFC
 * 9110, section 7.6.1) dropped, the way here told in {@code X-Forwarded-*} and {@code X-Real-IP},
 * the rest as it came.
 */
final class RequestHead {
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");
  private static final HeaderName FORWARDED_HOST = HeaderNames.create("X-Forwarded-Host");
  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRLF = {'\r', '\n'};

  /** Written by the gateway itself, or meant for it alone. */
  private static final List<String> DROPPED =
      List.of(
          "Host",
          "Connection",
          "Keep-Alive",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Content-Length",
          "Upgrade",
          "HTTP2-Settings",
          "Expect",
          "Forwarded",
          "traceparent",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Real-IP",
          "X-Helidon-Cn");

  private static final boolean[] DROPPED_KNOWN = new boolean[256];
  private static final Set<String> DROPPED_OTHERS = new HashSet<>();
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (var dropped : DROPPED) {
      var name = HeaderNames.create(dropped);
      if (name.index() >= 0) {
        DROPPED_KNOWN[name.index()] = true;
      } else {
        DROPPED_OTHERS.add(name.lowerCase());
      }
    }
    for (char c = '!'; c <= '~'; c++) {
      TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private final Headers headers;
  private final Rules rules;
  private final InetAddress peer;
  private final boolean behindProxy;
  private final List<String> ofHop;

  /**
   * What holds for every request.
   *
   * @param hosts the only accepted values of {@code Host}; empty accepts any
   * @param trustedProxies whose {@code X-Forwarded-*} is believed, kept and extended
   */
  record Rules(Set<String> hosts, AddressRanges trustedProxies) {}

  /**
   * The head of a request.
   *
   * @param peer the other end of the connection
   * @throws Problem 400 or 421 where it breaks a rule that keeps requests apart
   */
  RequestHead(Headers headers, Rules rules, InetAddress peer) {
    this.headers = headers;
    this.rules = rules;
    this.peer = peer;
    this.behindProxy = rules.trustedProxies.contains(peer);
    for (var header : headers) {
      check(header);
    }
    checkHost();
    this.ofHop = connectionOptions();
  }

  /** Whether the client wants the connection closed after the answer. */
  boolean close() {
    return ofHop.contains("close");
  }

  /**
   * Who asks: the other end of the connection or, behind trusted proxies, the last address in
   * {@code X-Forwarded-For} that is none of theirs. What stands before that one may be the client's
   * own invention.
   */
  InetAddress client() {
    if (!behindProxy || !headers.contains(FORWARDED_FOR)) {
      return peer;
    }
    var hops = String.join(",", headers.get(FORWARDED_FOR).allValues()).split(",");
    var client = peer;
    for (int i = hops.length - 1; i >= 0 && rules.trustedProxies.contains(client); i--) {
      try {
        client = InetAddress.ofLiteral(hops[i].strip());
      } catch (IllegalArgumentException e) {
        break;
      }
    }
    return client;
  }

  private void checkHost() {
    if (!headers.contains(HeaderNames.HOST)
        || headers.get(HeaderNames.HOST).valueCount() != 1
        || !authority(host())) {
      throw Problem.of(
          400, "bad-host", "The Host is not acceptable", "Send one Host field with a host name.");
    }
    if (!rules.hosts.isEmpty() && !rules.hosts.contains(host().toLowerCase(Locale.ROOT))) {
      throw Problem.of(
          421, "misdirected", "Misdirected request", "This gateway does not answer for that Host.");
    }
  }

  private String host() {
    return headers.get(HeaderNames.HOST).get();
  }

  private static boolean authority(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!plain && "-._:[]".indexOf(c) < 0) {
        return false;
      }
    }
    return !host.isEmpty();
  }

  private List<String> connectionOptions() {
    if (!headers.contains(HeaderNames.CONNECTION)) {
      return List.of();
    }
    var connection = headers.get(HeaderNames.CONNECTION);
    if (connection.valueCount() == 1 && "keep-alive".equals(connection.get())) {
      return List.of();
    }
    var options = new ArrayList<String>();
    for (var value : connection.allValues()) {
      for (var option : value.split(",")) {
        options.add(option.strip().toLowerCase(Locale.ROOT));
      }
    }
    return options;
  }

  /**
   * Writes it for a service.
   *
   * @param host the service's own {@code Host} field
   */
  void writeTo(
      BufferData out,
      Method method,
      Target target,
      Framing framing,
      byte[] host,
      ConnectionContext client,
      Trace trace) {
    out.writeAscii(method.text());
    out.write(' ');
    out.writeAscii(target.path());
    if (!target.query().isEmpty()) {
      out.write('?');
      out.writeAscii(target.query());
    }
    out.write(VERSION);
    out.write(host);
    for (var header : headers) {
      if (passes(header.headerName())) {
        writeField(out, header);
      }
    }
    writeForwarded(out, client);
    writeField(out, "traceparent", trace.traceparent());
    if (framing.kind() == Framing.Kind.LENGTH) {
      writeField(out, "Content-Length", Long.toString(framing.length()));
    } else if (framing.inChunks()) {
      out.write(Framing.CHUNKED_FIELD);
    }
    out.write(CRLF);
  }

  private boolean passes(HeaderName name) {
    int index = name.index();
    if (index >= 0 ? DROPPED_KNOWN[index] : droppedOther(name.lowerCase())) {
      return false;
    }
    return ofHop.isEmpty() || !ofHop.contains(name.lowerCase());
  }

  private static boolean droppedOther(String name) {
    return DROPPED_OTHERS.contains(name)
        || name.startsWith("proxy-")
        || name.startsWith("x-forwarded-");
  }

  private static void writeField(BufferData out, Header header) {
    if (header.valueCount() == 1) {
      writeField(out, header.name(), header.get());
      return;
    }
    for (var value : header.allValues()) {
      writeField(out, header.name(), value);
    }
  }

  private static void check(Header header) {
    if (header.headerName().index() < 0) {
      checkName(header.name());
    }
    if (header.valueCount() == 1) {
      checkValue(header.get());
      return;
    }
    header.allValues().forEach(RequestHead::checkValue);
  }

  private static void checkName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 128 || !TOKEN[c]) {
        throw badField();
      }
    }
    if (name.isEmpty()) {
      throw badField();
    }
  }

  private static void checkValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c > '~') {
        throw badField();
      }
    }
  }

  private static Problem badField() {
    return Problem.of(
        400,
        "bad-field",
        "A header field is not acceptable",
        "Field names are tokens, and values are printable ASCII on one line.");
  }

  private static void writeField(BufferData out, String name, String value) {
    out.writeAscii(name);
    out.write(':');
    out.write(' ');
    out.writeAscii(value);
    out.write(CRLF);
  }

  /** How the client's first connection on the way here speaks: {@code http} or {@code https}. */
  String scheme(ConnectionContext client) {
    var scheme = client.isSecure() ? "https" : "http";
    return behindProxy ? first(FORWARDED_PROTO, scheme) : scheme;
  }

  private void writeForwarded(BufferData out, ConnectionContext client) {
    var from = peer.getHostAddress();
    var host = host();
    if (behindProxy) {
      from = before(FORWARDED_FOR) + from;
      host = first(FORWARDED_HOST, host);
    }
    writeField(out, "X-Forwarded-For", from);
    writeField(out, "X-Forwarded-Proto", scheme(client));
    writeField(out, "X-Forwarded-Host", host);
    writeField(out, "X-Real-IP", client().getHostAddress());
  }

  private String before(HeaderName name) {
    return headers.contains(name) ? String.join(", ", headers.get(name).allValues()) + ", " : "";
  }

  private String first(HeaderName name, String otherwise) {
    return headers.contains(name) ? headers.get(name).get() : otherwise;
  }
}
