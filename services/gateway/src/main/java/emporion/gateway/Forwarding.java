package emporion.gateway;

import emporion.chassis.discovery.Call;
import emporion.chassis.discovery.Instance;
import emporion.chassis.discovery.NoInstanceException;
import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Span;
import emporion.gateway.RouteMeters.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
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
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A request that a service answers. */
final class Forwarding extends Exchange implements UpstreamConnection.User {
  private static final Duration RETRY_DEAD = Duration.ofSeconds(2);

  /** Without {@code Retry-After}: who asks for a pause knows what it does. */
  private static final Set<Integer> FAILED = Set.of(500, 502, 503);

  private final Forwarder gateway;
  private final long start = System.nanoTime();

  /** When the client is too slow. */
  private final Deadline patience = new Deadline();

  /** When the service is too slow. */
  private final Deadline service = new Deadline();

  private final Admission admission;
  private OutgoingRequest outgoing;
  private Span call = Span.none();
  private long seen;
  private boolean called;
  private final List<Instance> tried = new ArrayList<>(0);

  /** The instance that is called, until it has answered. */
  private Call leg;

  private UpstreamConnection connection;
  private IncomingAnswer answer;
  private boolean interim;
  private boolean tunnel;

  Forwarding(Forwarder gateway, ClientChannel client, HttpRequest request) {
    super(client, request, true);
    this.gateway = gateway;
    this.admission = new Admission(gateway, client, request);
    patience.within(gateway.settings().requestTimeout());
  }

  @Override
  void open() {
    admission.enter();
    var own = admission.ownAnswer();
    if (own.isPresent()) {
      say(own.get());
      return;
    }
    admission.findRoute();
    gateway
        .tokens()
        .check(
            headers, admission.target().path(), client.loop(), this::verified, this::refusedToken);
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
          subject.ifPresent(admission::takeForAccount);
          call = Spans.toService(span, request, route());
          outgoing = admission.outgoing(call.within(trace), requestEnded(), upgrades());
          if (requestEnded()) {
            call();
          } else {
            askForBody();
          }
        });
  }

  private boolean upgrades() {
    return HttpMethod.GET.equals(request.method())
        && requestEnded()
        && !http10()
        && admission.wantsWebSocket();
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
    if (seen > route().maxBodyBytes()) {
      piece.release();
      throw ErrorResponse.tooLarge(route().maxBodyBytes());
    }
    Fields.dropTrailers(piece);
    if (!called) {
      outgoing.begin(piece, requestEnded());
      call();
    } else if (connection == null) {
      piece.release();
    } else {
      connection.write(piece);
      connection.flush();
      goOnSending();
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
    client.loop().execute(() -> guarded(this::choose));
  }

  /** Goes to an instance that was not tried yet. */
  private void choose() {
    try {
      leg = route().service().call(tried);
    } catch (NoInstanceException e) {
      throw unreachable();
    }
    upstream().pooled(client.loop()).ifPresentOrElse(this::send, this::connect);
  }

  private Upstream upstream() {
    return route().service().upstream(leg.instance());
  }

  private void connect() {
    upstream()
        .connect(client.loop())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                guarded(this::elsewhere);
              } else if (over()) {
                ((UpstreamConnection) connected.getNow()).close();
              } else {
                guarded(() -> send((UpstreamConnection) connected.getNow()));
              }
            });
  }

  /** The instance has failed. */
  private void elsewhere() {
    if (leg != null) {
      leg.failed();
      tried.add(leg.instance());
      leg = null;
      choose();
    }
  }

  private Problem unreachable() {
    route().meters().failed(Failure.UNREACHABLE);
    call.failed(Failure.UNREACHABLE.name());
    return Problem.unavailable(
        "The "
            + route().name()
            + (tried.isEmpty() ? " service has no instance" : " service can't be reached")
            + " right now.",
        RETRY_DEAD);
  }

  private void send(UpstreamConnection to) {
    connection = to;
    to.serve(this, toHead());
    outgoing.writeTo(to);
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
    if (status == 101 && !upgrades() || !IncomingAnswer.isClear(response)) {
      broken();
      return;
    }
    service.clear();
    boolean calm = response.headers().contains(HttpHeaderNames.RETRY_AFTER);
    if (FAILED.contains(status) && !calm && mayRepeat()) {
      connection.close();
      connection = null;
      elsewhere();
      return;
    }
    leg.answered(status, calm);
    leg = null;
    if (status == 101) {
      tunnel(response);
      return;
    }
    Spans.answered(call, status);
    answer = new IncomingAnswer(response, toHead(), requestEnded());
    patience.clear();
    if (answer.endless()) {
      patience.unbound();
    }
    awaitService();
  }

  /** Whether another instance may do what one has failed to do. */
  private boolean mayRepeat() {
    return leg != null && outgoing.repeatable() && route().service().repeats(withLeg());
  }

  private List<Instance> withLeg() {
    var all = new ArrayList<>(tried);
    all.add(leg.instance());
    return all;
  }

  private void awaitService() {
    service.in(lives() ? gateway.settings().streamTimeout() : gateway.settings().stallTimeout());
  }

  /** Whether it goes on for as long as both sides want. */
  private boolean lives() {
    return tunnel || answer != null && answer.endless();
  }

  private void piece(HttpContent content) {
    if (interim || answer == null) {
      content.release();
      return;
    }
    count(content.content().readableBytes());
    answer.add(content);
    if (answer.ended()) {
      service.clear();
      // Before the client has all of it: its next request may come at once, and it may be slow.
      letGo();
      passOn();
    } else {
      awaitService();
      if (answer.full()) {
        passOn();
      }
    }
  }

  private void letGo() {
    call.end();
    var used = connection;
    connection = null;
    if (answer.lasting()) {
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
      if (http10() && answer.hasOpenLength()) {
        closeBehind();
      }
      var fields = answer.fields(!http10());
      finishHead(answer.status(), fields);
      pass(answer.begin(fields));
    }
    for (var piece = answer.next(); piece != null; piece = answer.next()) {
      pass(piece);
    }
    if (!answer.ended()) {
      client.flush();
      clientWritabilityChanged();
    }
  }

  private void pass(HttpObject part) {
    if (part instanceof LastHttpContent) {
      patience.in(gateway.settings().stallTimeout());
      client.end(part, closes());
    } else {
      client.write(part);
    }
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
    var fields = IncomingAnswer.passed(response);
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
    } else if (answer == null && ended.reused() && !ended.begun() && outgoing.repeatable()) {
      guarded(this::connect);
    } else if (answer == null && !ended.begun() && mayRepeat()) {
      guarded(this::elsewhere);
    } else {
      fail(Failure.BROKEN);
    }
  }

  private void broken() {
    connection.close();
    connection = null;
    fail(Failure.BROKEN);
  }

  private void fail(Failure failure) {
    if (leg != null) {
      leg.failed();
      leg = null;
    }
    route().meters().failed(failure);
    call.failed(failure.name());
    guarded(
        () -> {
          throw failure == Failure.TIMEOUT ? ErrorResponse.timeout() : ErrorResponse.brokenOff();
        });
  }

  @Override
  void look(long now) {
    if (patience.passed(now) || lives() && client.draining()) {
      gone();
    } else if (service.passed(now)) {
      connection.close();
      connection = null;
      fail(Failure.TIMEOUT);
    }
  }

  @Override
  void release() {
    call.end();
    service.clear();
    if (leg != null) {
      leg.abandoned();
      leg = null;
    }
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (outgoing != null) {
      outgoing.release();
    }
    if (answer != null) {
      answer.release();
    }
  }

  @Override
  protected void writeOwnFields(int status, HttpHeaders fields) {
    admission.writeTo(status, fields);
  }

  @Override
  void account(int status, long bytes) {
    admission.leave();
    long nanos = System.nanoTime() - start;
    gateway
        .metrics()
        .answered(
            Spans.method(request), admission.template(), status, nanos, trace, span.recorded());
    Spans.end(span, request, admission, status);
    AccessLog.line(
        request.method().name(), request.uri(), admission.routeName(), status, nanos, bytes, trace);
  }

  private Route route() {
    return admission.route();
  }
}
