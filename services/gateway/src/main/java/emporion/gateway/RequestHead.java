package emporion.gateway;

import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Trace;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request's head, checked once and written as the service gets it: the fields of the hop (RFC
 * 9110, section 7.6.1) dropped, the way here told in {@code X-Forwarded-*} and {@code X-Real-IP},
 * the rest as it came.
 */
final class RequestHead {
  private static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
  private static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
  private static final AsciiString FORWARDED_HOST = AsciiString.cached("X-Forwarded-Host");
  private static final AsciiString REAL_IP = AsciiString.cached("X-Real-IP");

  /** Written by the gateway itself, or meant for it alone; so is what begins as these do. */
  private static final Fields DROPPED =
      new Fields(
          List.of(
              "Host",
              "Connection",
              "Keep-Alive",
              "TE",
              "Trailer",
              "Transfer-Encoding",
              "Upgrade",
              "HTTP2-Settings",
              "Expect",
              "Forwarded",
              Trace.PARENT,
              Trace.STATE,
              Trace.BAGGAGE,
              "X-Real-IP",
              "X-Helidon-Cn"),
          List.of("proxy-", "x-forwarded-", "x-http2-"));

  private final HttpRequest request;
  private final HttpHeaders headers;
  private final Rules rules;
  private final InetAddress peer;
  private final boolean secure;
  private final boolean behindProxy;
  private final String host;
  private final List<String> options;

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
   * @param authority of a target in absolute form, which counts instead of the {@code Host}
   * @param peer the other end of the connection
   * @param secure whether the connection is encrypted
   * @throws Problem 400 or 421 where it breaks a rule that keeps requests apart
   */
  RequestHead(
      HttpRequest request,
      Optional<String> authority,
      Rules rules,
      InetAddress peer,
      boolean secure) {
    this.request = request;
    this.headers = request.headers();
    this.rules = rules;
    this.peer = peer;
    this.secure = secure;
    this.behindProxy = rules.trustedProxies.contains(peer);
    this.host = authority.orElse(checkedHost());
    checkHost();
    this.options = Fields.options(headers);
  }

  /** RFC 9112, section 3.2: one of them, unless the client speaks HTTP/1.0. */
  private String checkedHost() {
    var hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return "";
    }
    if (hosts.size() != 1 || !Target.isAuthority(hosts.getFirst())) {
      throw Problem.of(
          400, "bad-host", "The Host is not acceptable", "Send one Host field with a host name.");
    }
    return hosts.getFirst();
  }

  private void checkHost() {
    if (!rules.hosts.isEmpty() && !rules.hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw Problem.of(
          421, "misdirected", "Misdirected request", "This gateway does not answer for that Host.");
    }
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
    var hops = String.join(",", headers.getAll(FORWARDED_FOR)).split(",");
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

  /** Whether the client's first connection on the way here is encrypted. */
  boolean secure() {
    return "https".equals(scheme());
  }

  private String scheme() {
    return first(FORWARDED_PROTO, secure ? "https" : "http");
  }

  private String first(CharSequence name, String otherwise) {
    return behindProxy && headers.contains(name) ? headers.get(name) : otherwise;
  }

  /** Whether the client asks to go on with WebSocket (RFC 6455, section 4.1). */
  boolean wantsWebSocket() {
    return options.contains("upgrade")
        && headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true);
  }

  /**
   * The fields for a service.
   *
   * @param service its own {@code Host}
   */
  HttpHeaders forService(String service, Trace trace) {
    var passed = Fields.unchecked();
    passed.set("Host", service);
    DROPPED.copyOthers(headers, options, passed);
    passed.set(FORWARDED_FOR, before() + peer.getHostAddress());
    passed.set(FORWARDED_PROTO, scheme());
    var forwardedHost = first(FORWARDED_HOST, host);
    if (!forwardedHost.isEmpty()) {
      passed.set(FORWARDED_HOST, forwardedHost);
    }
    passed.set(REAL_IP, client().getHostAddress());
    trace.writeTo((name, value) -> passed.set(name, value));
    return passed;
  }

  private String before() {
    return behindProxy && headers.contains(FORWARDED_FOR)
        ? String.join(", ", headers.getAll(FORWARDED_FOR)) + ", "
        : "";
  }
}
