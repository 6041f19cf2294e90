package emporion.gateway;

import emporion.chassis.problem.Problem;
import emporion.gateway.RouteMeters.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A request that a service answers. */
final class Forwarding extends Exchange implements UpstreamConnection.User {
  private static final int BATCH = 65_536;
  private static final int REPEATABLE_BODY = 16_384;
  private static final Duration RETRY_DEAD = Duration.ofSeconds(2);
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached("Idempotency-Key");
  private static final String EVENTS = "text/event-stream";

  /** RFC 9110, section 9.2.2: doing it twice is as good as once. */
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

  /** Those of the hop, and those that only tell what software answers. */
  private static final Fields DROPPED =
      new Fields(
          List.of(
              "Connection",
              "Keep-Alive",
              "TE",
              "Trailer",
              "Transfer-Encoding",
              "Upgrade",
              "Server",
              "X-Powered-By"),
          List.of("proxy-"));

  private final Forwarder gateway;
  private final long start = System.nanoTime();

  /** When the client is too slow. */
  private final Deadline patience = new Deadline();

  /** When the service is too slow. */
  private final Deadline service = new Deadline();

  private Allowance allowance;
  private boolean admitted;
  private boolean secure;
  private RequestHead head;
  private Target target;
  private Route route;
  private HttpRequest outgoing;
  private HttpContent firstPiece;
  private boolean whole;
  private long seen;
  private boolean called;
  private UpstreamConnection connection;
  private HttpResponse answer;
  private boolean interim;
  private boolean lasting;
  private boolean answerEnded;
  private boolean endless;
  private boolean tunnel;
  private final Deque<HttpContent> pieces = new ArrayDeque<>();
  private int batch;

  Forwarding(Forwarder gateway, ClientChannel client, HttpRequest request) {
    super(client, request);
    this.gateway = gateway;
    patience.within(gateway.settings().requestTimeout());
  }

  @Override
  void open() {
    admitted = gateway.enter();
    if (!admitted) {
      throw Refusal.busy();
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
    if (gateway.cors().isPreflight(request.method(), headers)) {
      gateway.cors().check(headers);
      var allowed = empty(HttpResponseStatus.NO_CONTENT);
      gateway.cors().writePreflight(allowed.headers());
      say(allowed);
    } else if (Target.isServer(request)) {
      var allowed = empty(HttpResponseStatus.NO_CONTENT);
      allowed.headers().set("Allow", METHODS);
      say(allowed);
    } else {
      find();
    }
  }

  private void find() {
    target = Target.of(request.uri());
    if (HttpMethod.CONNECT.equals(request.method()) || HttpMethod.TRACE.equals(request.method())) {
      throw Refusal.notPassedOn();
    }
    route = gateway.routes().find(target.path()).orElseThrow(() -> Problem.notFound("path"));
    if (HttpUtil.getContentLength(request, 0L) > route.maxBodyBytes()) {
      throw Refusal.tooLarge(route.maxBodyBytes());
    }
    if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
      throw Refusal.packed();
    }
    if (headers.getAll(IDEMPOTENCY_KEY).size() > 1) {
      throw Refusal.twoKeys();
    }
    if (gateway.limits().signsIn(request.method(), target.path())) {
      allowance.takeForSignIn();
    }
    gateway
        .tokens()
        .check(headers, target.path(), client.loop(), this::verified, this::refusedToken);
  }

  private void refusedToken(Problem problem) {
    guarded(
        () -> {
          throw problem;
        });
  }

  /** Goes on behind the check of the token, where there was one. */
  private void verified(Optional<String> subject) {
    guarded(
        () -> {
          subject.ifPresent(allowance::takeForAccount);
          prepare();
          if (requestEnded()) {
            call();
          } else {
            askForBody();
          }
        });
  }

  private void prepare() {
    var fields = head.forService(route.upstream().authority(), trace);
    if (upgrades()) {
      fields.set("Connection", HttpHeaderValues.UPGRADE);
      fields.set("Upgrade", HttpHeaderValues.WEBSOCKET);
    }
    if (requestEnded()) {
      outgoing =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              request.method(),
              target.text(),
              Unpooled.EMPTY_BUFFER,
              fields,
              EmptyHttpHeaders.INSTANCE);
      whole = true;
      return;
    }
    if (!fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      fields.set("Transfer-Encoding", HttpHeaderValues.CHUNKED);
    }
    outgoing =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), target.text(), fields);
  }

  private boolean upgrades() {
    return HttpMethod.GET.equals(request.method())
        && requestEnded()
        && !http10()
        && head.wantsWebSocket();
  }

  /** A service is called when the first of the body has come: a client may leave before. */
  private void askForBody() {
    patience.in(gateway.settings().clientBodyTimeout());
    if (expectsContinue()) {
      client.write(empty(HttpResponseStatus.CONTINUE));
      client.flush();
    }
    client.read();
  }

  @Override
  void body(HttpContent piece) {
    seen += piece.content().readableBytes();
    if (seen > route.maxBodyBytes()) {
      piece.release();
      throw Refusal.tooLarge(route.maxBodyBytes());
    }
    if (piece instanceof LastHttpContent last) {
      dropTrailers(last);
    }
    if (!called) {
      firstPiece = piece;
      whole = requestEnded() && seen <= REPEATABLE_BODY;
      call();
    } else if (connection == null) {
      piece.release();
    } else {
      connection.write(piece);
      connection.flush();
      goOnSending();
    }
  }

  /** They belong to the hop (RFC 9110, section 6.5.1). */
  private static void dropTrailers(LastHttpContent last) {
    if (!last.trailingHeaders().isEmpty()) {
      last.trailingHeaders().clear();
    }
  }

  private void goOnSending() {
    if (requestEnded()) {
      patience.clear();
      service.in(gateway.settings().callTimeout());
    } else if (connection.writable()) {
      service.clear();
      client.read();
    } else {
      service.in(gateway.settings().stallTimeout());
    }
  }

  @Override
  public void writabilityChanged() {
    if (tunnel || answer == null && !requestEnded() && connection.writable()) {
      service.clear();
      client.read();
    }
  }

  /**
   * Behind what the loop has still to hear: of a connection that ended before this request came, it
   * is told first, so that no request is lost to it.
   */
  private void call() {
    called = true;
    client
        .loop()
        .execute(
            () ->
                guarded(
                    () ->
                        route
                            .upstream()
                            .pooled(client.loop())
                            .ifPresentOrElse(this::send, this::connect)));
  }

  private void connect() {
    route
        .upstream()
        .connect(client.loop())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                guarded(this::unreachable);
              } else if (over()) {
                ((UpstreamConnection) connected.getNow()).close();
              } else {
                guarded(() -> send((UpstreamConnection) connected.getNow()));
              }
            });
  }

  private void unreachable() {
    route.meters().failed(Failure.UNREACHABLE);
    throw Problem.unavailable(
        "The " + route.name() + " service can't be reached right now.", RETRY_DEAD);
  }

  private void send(UpstreamConnection to) {
    connection = to;
    to.serve(this, toHead());
    to.write(outgoing);
    if (firstPiece != null) {
      to.write(whole ? firstPiece.retainedDuplicate() : firstPiece);
      firstPiece = whole ? firstPiece : null;
    }
    to.flush();
    goOnSending();
  }

  @Override
  public void answered(Object part) {
    guarded(() -> take(part));
  }

  private void take(Object part) {
    if (part instanceof ByteBuf bytes) {
      fromTunnel(bytes);
      return;
    }
    var object = (HttpObject) part;
    if (object.decoderResult().isFailure()) {
      ReferenceCountUtil.release(object);
      broken();
    } else if (object instanceof HttpResponse response) {
      head(response);
    } else if (object instanceof HttpContent content) {
      piece(content);
    }
  }

  private void head(HttpResponse response) {
    int status = response.status().code();
    interim = status < 200 && status != 101;
    if (interim) {
      return;
    }
    if (status == 101 && !upgrades() || codedOtherwise(response)) {
      broken();
      return;
    }
    service.clear();
    if (status == 101) {
      tunnel(response);
      return;
    }
    answer = response;
    endless = response.headers().contains(HttpHeaderNames.CONTENT_TYPE, EVENTS, true);
    boolean bodiless = toHead() || status == 204 || status == 304;
    lasting =
        requestEnded()
            && HttpUtil.isKeepAlive(response)
            && HttpVersion.HTTP_1_1.equals(response.protocolVersion())
            && (bodiless
                || HttpUtil.isTransferEncodingChunked(response)
                || HttpUtil.isContentLengthSet(response));
    patience.clear();
    if (endless) {
      patience.unbound();
    }
    awaitService();
  }

  private static boolean codedOtherwise(HttpResponse response) {
    var codings = response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return !codings.isEmpty()
        && (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked"));
  }

  private void awaitService() {
    service.in(
        endless || tunnel ? gateway.settings().streamTimeout() : gateway.settings().stallTimeout());
  }

  private void piece(HttpContent content) {
    if (interim || answer == null) {
      content.release();
      return;
    }
    int size = content.content().readableBytes();
    count(size);
    batch += size;
    pieces.add(content);
    if (content instanceof LastHttpContent) {
      answerEnded = true;
      service.clear();
      // Before the client has all of it: its next request may come at once, and it may be slow.
      letGo();
      passOn();
    } else {
      awaitService();
      if (batch >= BATCH) {
        passOn();
      }
    }
  }

  private void letGo() {
    var used = connection;
    connection = null;
    if (lasting) {
      used.giveBack();
    } else {
      used.close();
    }
  }

  @Override
  public void answeredSoFar() {
    if (answer != null) {
      guarded(this::passOn);
    }
  }

  /** Passes on what has come: the head not before all is read that came with it. */
  private void passOn() {
    if (!answered()) {
      var first = forClient(answer);
      if (pieces.size() == 1 && answerEnded) {
        client.end(withBody(first, pieces.removeFirst()), closes());
        patience.in(gateway.settings().stallTimeout());
        return;
      }
      client.write(first);
    }
    batch = 0;
    for (var content = pieces.poll(); content != null; content = pieces.poll()) {
      if (content instanceof LastHttpContent last) {
        dropTrailers(last);
        patience.in(gateway.settings().stallTimeout());
        client.end(last, closes());
      } else {
        client.write(content);
      }
    }
    if (!answerEnded) {
      client.flush();
      clientWritabilityChanged();
    }
  }

  private static HttpObject withBody(HttpResponse first, HttpContent body) {
    return new DefaultFullHttpResponse(
        first.protocolVersion(),
        first.status(),
        body.content(),
        first.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  private HttpResponse forClient(HttpResponse from) {
    int status = from.status().code();
    var fields = Fields.unchecked();
    DROPPED.copyOthers(from.headers(), Fields.options(from.headers()), fields);
    if (status == 204) {
      fields.remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (!toHead() && status != 304 && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      if (http10()) {
        closeBehind();
      } else {
        fields.set("Transfer-Encoding", HttpHeaderValues.CHUNKED);
      }
    }
    finishHead(status, fields);
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, from.status(), fields);
  }

  @Override
  void clientWritabilityChanged() {
    if (connection != null && answer != null || tunnel) {
      boolean takes = client.writable();
      connection.reads(takes);
      if (takes) {
        patience.clear();
        awaitService();
      } else {
        service.clear();
        patience.in(gateway.settings().stallTimeout());
      }
    }
  }

  private void tunnel(HttpResponse response) {
    tunnel = true;
    patience.clear();
    patience.unbound();
    var fields = Fields.unchecked();
    DROPPED.copyOthers(response.headers(), Fields.options(response.headers()), fields);
    finishHead(101, fields);
    fields.set("Connection", HttpHeaderValues.UPGRADE);
    fields.set("Upgrade", HttpHeaderValues.WEBSOCKET);
    client.write(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            response.status(),
            Unpooled.EMPTY_BUFFER,
            fields,
            EmptyHttpHeaders.INSTANCE));
    client.flush();
    client.becomeTunnel();
    connection.becomeTunnel();
    client.read();
    awaitService();
  }

  private void fromTunnel(ByteBuf data) {
    count(data.readableBytes());
    client.write(data);
    client.flush();
    clientWritabilityChanged();
  }

  @Override
  void tunnelled(ByteBuf data) {
    awaitService();
    connection.writeRaw(data);
    connection.flush();
    if (connection.writable()) {
      client.read();
    }
  }

  @Override
  boolean isTunnel() {
    return tunnel;
  }

  @Override
  public void brokenOff() {
    var ended = connection;
    connection = null;
    service.clear();
    if (tunnel) {
      client.endTunnel();
      left();
    } else if (answer == null && ended.reused() && !ended.begun() && repeatable()) {
      guarded(this::connect);
    } else {
      fail(Failure.BROKEN);
    }
  }

  /** A POST with a key is carried out once, however often it arrives, where keys count. */
  private boolean repeatable() {
    boolean keyed =
        HttpMethod.POST.equals(request.method())
            && headers.contains(IDEMPOTENCY_KEY)
            && gateway.keyed(target.path());
    return whole && (keyed || IDEMPOTENT.contains(request.method()));
  }

  private void broken() {
    connection.close();
    connection = null;
    fail(Failure.BROKEN);
  }

  private void fail(Failure failure) {
    route.meters().failed(failure);
    guarded(
        () -> {
          throw failure == Failure.TIMEOUT ? Refusal.timeout() : Refusal.brokenOff();
        });
  }

  @Override
  void look(long now) {
    if (patience.passed(now) || (endless || tunnel) && client.draining()) {
      gone();
    } else if (service.passed(now)) {
      connection.close();
      connection = null;
      fail(Failure.TIMEOUT);
    }
  }

  @Override
  void release() {
    service.clear();
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (firstPiece != null) {
      firstPiece.release();
      firstPiece = null;
    }
    pieces.forEach(HttpContent::release);
    pieces.clear();
  }

  @Override
  protected void writeOwnFields(int status, HttpHeaders fields) {
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

  @Override
  void account(int status, long bytes) {
    if (admitted) {
      gateway.leave();
    }
    long nanos = System.nanoTime() - start;
    (route == null ? gateway.unrouted() : route.meters()).count(status, nanos);
    AccessLog.line(
        request.method().name(),
        request.uri(),
        route == null ? "none" : route.name(),
        status,
        nanos,
        bytes,
        trace.traceId());
  }
}
