package emporion.gateway;

import emporion.chassis.metrics.HttpServerMetrics;
import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Trace;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request is let in, by what its head says, and which service it is for. What is found
 * out on the way is kept for whoever comes behind.
 */
final class Admission {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached("Idempotency-Key");

  /** RFC 9110, section 9.2.2: doing it twice is as good as once. */
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

  private final Forwarder gateway;
  private final ClientChannel client;
  private final HttpRequest request;
  private final HttpHeaders headers;
  private boolean admitted;
  private boolean secure;
  private RequestHead head;
  private Allowance allowance;
  private Target target;
  private Route route;
  private String template = HttpServerMetrics.UNMATCHED;

  Admission(Forwarder gateway, ClientChannel client, HttpRequest request) {
    this.gateway = gateway;
    this.client = client;
    this.request = request;
    headers = request.headers();
  }

  /**
   * Lets it in.
   *
   * @throws Problem where too many are there already, or it breaks a rule that keeps them apart
   */
  void enter() {
    admitted = gateway.enter();
    if (!admitted) {
      throw ErrorResponse.busy();
    }
    head =
        new RequestHead(
            request,
            Target.authority(request.uri(), client.secure()),
            gateway.rules(),
            client.peer(),
            client.secure());
    secure = head.secure();
    allowance = gateway.limits().of(head.client());
    allowance.takeForClient();
  }

  /** It has ended. */
  void leave() {
    if (admitted) {
      gateway.leave();
    }
  }

  /**
   * The answer to what no service is asked: a preflight, {@code OPTIONS *}.
   *
   * @throws Problem where the origin of a preflight is none of those that may ask
   */
  Optional<FullHttpResponse> ownAnswer() {
    if (gateway.cors().isPreflight(request.method(), headers)) {
      gateway.cors().check(headers);
      var allowed = Exchange.empty(HttpResponseStatus.NO_CONTENT);
      gateway.cors().writePreflight(allowed.headers());
      return Optional.of(allowed);
    }
    if (Target.isServer(request)) {
      var allowed = Exchange.empty(HttpResponseStatus.NO_CONTENT);
      allowed.headers().set("Allow", METHODS);
      return Optional.of(allowed);
    }
    return Optional.empty();
  }

  /**
   * Finds whom it is for.
   *
   * @throws Problem where it is for nobody, or not to be passed on as it is
   */
  void findRoute() {
    target = Target.of(request.uri());
    if (HttpMethod.CONNECT.equals(request.method()) || HttpMethod.TRACE.equals(request.method())) {
      throw ErrorResponse.notPassedOn();
    }
    var found = gateway.routes().find(target.path()).orElseThrow(() -> Problem.notFound("path"));
    route = found.route();
    template = found.template();
    if (HttpUtil.getContentLength(request, 0L) > route.maxBodyBytes()) {
      throw ErrorResponse.tooLarge(route.maxBodyBytes());
    }
    if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
      throw ErrorResponse.packed();
    }
    if (headers.getAll(IDEMPOTENCY_KEY).size() > 1) {
      throw ErrorResponse.twoKeys();
    }
    if (gateway.limits().signsIn(request.method(), target.path())) {
      allowance.takeForSignIn();
    }
  }

  /** Whose token it carries. */
  void takeForAccount(String subject) {
    allowance.takeForAccount(subject);
  }

  Target target() {
    return target;
  }

  /** Null where none was found. */
  Route route() {
    return route;
  }

  /** The prefix that led to the route, for metrics and spans. */
  String template() {
    return template;
  }

  /** Whether the client's first connection on the way here is encrypted. */
  boolean secure() {
    return secure;
  }

  String routeName() {
    return route == null ? "none" : route.name();
  }

  boolean wantsWebSocket() {
    return head.wantsWebSocket();
  }

  /**
   * As the service is sent it.
   *
   * @param whole whether no body follows
   */
  OutgoingRequest outgoing(Trace trace, boolean whole, boolean upgrades) {
    var fields = head.forService(route.service().authority(), trace);
    if (upgrades) {
      fields.set("Connection", HttpHeaderValues.UPGRADE);
      fields.set("Upgrade", HttpHeaderValues.WEBSOCKET);
    }
    return new OutgoingRequest(request.method(), target.text(), fields, whole, isHarmlessTwice());
  }

  /** A POST with a key is carried out once, however often it arrives, where keys count. */
  private boolean isHarmlessTwice() {
    return IDEMPOTENT.contains(request.method())
        || HttpMethod.POST.equals(request.method())
            && headers.contains(IDEMPOTENCY_KEY)
            && gateway.keyed(target.path());
  }

  /** Adds what is the gateway's own, on each answer. */
  void writeTo(int status, HttpHeaders fields) {
    if (allowance != null) {
      allowance.writeTo(fields);
    }
    gateway.cors().writeTo(fields, headers);
    if (status == 405 && !fields.contains(HttpHeaderNames.ALLOW)) {
      fields.set("Allow", METHODS);
    }
    if (secure && !gateway.settings().hsts().isEmpty()) {
      fields.set("Strict-Transport-Security", gateway.settings().hsts());
    }
  }
}
