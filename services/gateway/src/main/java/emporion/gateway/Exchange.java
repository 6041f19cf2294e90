package emporion.gateway;

import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Trace;
import emporion.gateway.RouteMeters.Failure;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final int CLIENT_GONE = 499;
  private static final int BATCH = 16_384;
  private static final Duration RETRY_DEAD = Duration.ofSeconds(2);

  /** RFC 9110, section 9.2.2: doing it twice is as good as once. */
  private static final Set<Method> IDEMPOTENT =
      Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.PUT, Method.DELETE);

  private final Forwarder gateway;
  private final ConnectionContext context;
  private final RoutingRequest request;
  private final RoutingResponse response;
  private final Headers headers;
  private final Method method;
  private final Deadline patience;
  private final Client client;
  private final long start = System.nanoTime();
  private final Trace trace;

  private Allowance allowance;
  private boolean secure;
  private Route route;
  private int status;
  private long bytes;
  private boolean givenBack;
  private boolean close;

  /** Whether all of the request stands in what was sent first. */
  private boolean whole;

  Exchange(
      Forwarder gateway,
      ConnectionContext context,
      RoutingRequest request,
      RoutingResponse response) {
    this.gateway = gateway;
    this.context = context;
    this.request = request;
    this.response = response;
    this.headers = request.headers();
    this.method = request.prologue().method();
    this.patience = gateway.clients().of(context);
    this.client = new Client(context, headers, gateway.settings(), patience);
    this.trace = Trace.begin(headers.contains(TRACEPARENT) ? headers.get(TRACEPARENT).get() : null);
  }

  /**
   * Answers the request, whatever happens.
   *
   * @throws CloseConnectionException where the connection must not carry another one
   */
  void run() {
    patience.within(gateway.settings().requestTimeout());
    try {
      forward();
    } catch (Problem problem) {
      refuse(problem);
    } catch (Client.Gone gone) {
      status = client.answered() ? status : CLIENT_GONE;
      close = true;
    } catch (RuntimeException defect) {
      LOG.error("A request failed in a way that nobody foresaw", defect);
      refuse(Refusal.internal());
    } finally {
      account();
    }
    if (close) {
      throw new CloseConnectionException("the answer was the last one on this connection");
    }
  }

  private void forward() {
    var framing = Framing.ofRequest(headers);
    var head = new RequestHead(headers, gateway.rules(), peer());
    close = head.close();
    client.announce(framing, Long.MAX_VALUE);
    keepHelidonOff(framing);
    allowance = gateway.limits().of(head.client());
    secure = "https".equals(head.scheme(context));
    allowance.takeForClient();
    if (gateway.cors().isPreflight(method, headers)) {
      gateway.cors().check(headers);
      say(204, () -> gateway.cors().preflight(ownFields(), close));
      return;
    }
    var target = Target.of(request.prologue());
    if (method == Method.CONNECT || method == Method.TRACE) {
      throw Problem.of(
          405, "method-not-allowed", "Method not allowed", "The gateway does not pass it on.");
    }
    route = gateway.routes().find(target.path()).orElseThrow(() -> Problem.notFound("path"));
    client.announce(framing, route.maxBodyBytes());
    if (headers.contains(HeaderNames.CONTENT_ENCODING)) {
      throw packed();
    }
    if (gateway.limits().signsIn(method, target.path())) {
      allowance.takeForSignIn();
    }
    gateway.tokens().check(headers).ifPresent(allowance::takeForAccount);
    var out = BufferData.growing(1_024);
    head.writeTo(out, method, target, framing, route.upstream().hostHeader(), context, trace);
    relay(call(out, framing));
  }

  /** No service unpacks a body, as that would defeat the limit of its size. */
  private static Problem packed() {
    return Problem.of(
        415,
        "unsupported-media-type",
        "Unsupported media type",
        "Send the body as it is, without Content-Encoding.");
  }

  private InetAddress peer() {
    return ((InetSocketAddress) context.remotePeer().address()).getAddress();
  }

  /** The header's lines that are the gateway's own, on each answer. */
  private String ownFields() {
    var lines = new StringBuilder(160);
    if (allowance != null) {
      allowance.writeTo(lines);
    }
    gateway.cors().writeTo(lines, headers);
    if (secure && !gateway.settings().hsts().isEmpty()) {
      lines.append("Strict-Transport-Security: ");
      lines.append(gateway.settings().hsts()).append("\r\n");
    }
    return lines.toString();
  }

  /** Helidon would look for a body that has been read already, unless the answer closes. */
  private void keepHelidonOff(Framing framing) {
    if (framing.hasBody()) {
      response.headers().set(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /** The service has not answered, or not in a way that can be understood. */
  private static final class UpstreamBroken extends Exception {
    private static final long serialVersionUID = 1L;

    UpstreamBroken(Throwable cause) {
      super("upstream broken", cause, false, false);
    }
  }

  private record Called(UpstreamConnection connection, Answer answer) {}

  /**
   * Calls the service. A request is sent a second time only if it may be, and went out on a pooled
   * connection that ended before it brought a single byte: then the service hung up between the
   * pool's check and the request.
   */
  private Called call(BufferData head, Framing framing) {
    var connection = reach(route.upstream()::take);
    try {
      return attempt(connection, head, framing);
    } catch (UpstreamBroken broken) {
      boolean stale = connection.reused() && !connection.answered();
      if (!stale || connection.deadline().passed() || !repeatable()) {
        throw failure(connection);
      }
    }
    connection = reach(route.upstream()::connect);
    try {
      return attempt(connection, head.rewind(), framing);
    } catch (UpstreamBroken broken) {
      throw failure(connection);
    }
  }

  /** A POST with a key is carried out once, however often it arrives. */
  private boolean repeatable() {
    boolean keyed = method == Method.POST && headers.contains(IDEMPOTENCY_KEY);
    return whole && (keyed || IDEMPOTENT.contains(method));
  }

  private interface Reach {
    UpstreamConnection connection() throws IOException;
  }

  private UpstreamConnection reach(Reach reach) {
    try {
      return reach.connection();
    } catch (IOException e) {
      route.meters().failed(Failure.UNREACHABLE);
      throw Problem.unavailable(
          "The " + route.name() + " service can't be reached right now.", RETRY_DEAD);
    }
  }

  private Problem failure(UpstreamConnection connection) {
    if (connection.deadline().passed()) {
      route.meters().failed(Failure.TIMEOUT);
      return Problem.of(
          504,
          "timeout",
          "The service did not answer in time",
          "Whether it has carried out the request is not known.");
    }
    route.meters().failed(Failure.BROKEN);
    return Problem.of(
        502,
        "bad-gateway",
        "The service broke off",
        "Whether it has carried out the request is not known.");
  }

  private Called attempt(UpstreamConnection connection, BufferData head, Framing framing)
      throws UpstreamBroken {
    boolean answered = false;
    try {
      send(connection, head, framing);
      connection.deadline().in(gateway.settings().callTimeout());
      var called = new Called(connection, Answer.read(connection.reader()));
      answered = true;
      return called;
    } catch (UncheckedIOException
        | DataReader.InsufficientDataAvailableException
        | Body.Malformed e) {
      throw new UpstreamBroken(e);
    } finally {
      if (!answered) {
        connection.close();
      }
    }
  }

  private void send(UpstreamConnection connection, BufferData head, Framing framing) {
    if (framing.hasBody() && !whole) {
      client.askForBody();
      framing.write(head, client.read());
    }
    whole = client.requestEnded();
    try {
      write(connection, head);
      while (!client.requestEnded()) {
        var more = BufferData.growing(BATCH);
        framing.write(more, client.read());
        write(connection, more);
      }
    } catch (IOException e) {
      // It may have hung up because it has answered already: the caller reads on.
    }
    client.rest();
  }

  private void write(UpstreamConnection connection, BufferData data) throws IOException {
    connection.deadline().in(gateway.settings().stallTimeout());
    connection.write(data);
    connection.deadline().clear();
  }

  /** Passes the answer on as it comes. */
  private void relay(Called called) {
    var connection = called.connection();
    try {
      copy(called.answer(), connection);
    } catch (Body.Malformed
        | UncheckedIOException
        | DataReader.InsufficientDataAvailableException e) {
      throw failure(connection);
    } finally {
      if (!givenBack) {
        connection.close();
      }
    }
  }

  private void copy(Answer answer, UpstreamConnection connection) {
    var framing = answer.framing(method == Method.HEAD);
    close |= gateway.draining() || !client.requestEnded();
    status = answer.status();
    var reader = connection.reader();
    var body = new Body(reader, framing, Long.MAX_VALUE);
    var out = BufferData.growing(1_024);
    answer.writeTo(out, framing, ownFields(), close);
    while (true) {
      while (!body.ended() && out.available() < BATCH && reader.available() > 0) {
        pass(connection, body, framing, out);
      }
      if (body.ended()) {
        // Before the client has all of it: its next request may come at once, and it may be slow.
        if (answer.lasting()
            && framing.kind() != Framing.Kind.UNTIL_CLOSE
            && client.requestEnded()) {
          givenBack = true;
          route.upstream().giveBack(connection);
        }
        client.write(out);
        return;
      }
      connection.deadline().clear();
      client.write(out);
      out = BufferData.growing(BATCH);
      pass(connection, body, framing, out);
    }
  }

  /**
   * Waits even where something has come already, which may be no more than half of a chunk's size.
   */
  private void pass(UpstreamConnection connection, Body body, Framing framing, BufferData out) {
    connection.deadline().in(gateway.settings().stallTimeout());
    var piece = body.next();
    bytes += piece.length;
    framing.write(out, piece);
  }

  private void refuse(Problem problem) {
    if (client.answered()) {
      close = true;
      return;
    }
    say(
        problem.status(),
        () -> Refusal.bytes(problem, trace.traceId(), ownFields(), method == Method.HEAD, close));
  }

  /**
   * Gives an answer of the gateway's own.
   *
   * @param answer its bytes, asked for when it is known whether the connection closes behind it
   */
  private void say(int answered, Supplier<BufferData> answer) {
    status = answered;
    boolean drainable = !close && client.drainable();
    close |= gateway.draining() || !client.requestEnded() && !client.soonDrained();
    try {
      client.write(answer.get());
      if (drainable) {
        client.drain();
      }
    } catch (Problem | Client.Gone e) {
      close = true;
    }
  }

  private void account() {
    patience.release();
    long nanos = System.nanoTime() - start;
    (route == null ? gateway.unrouted() : route.meters()).count(status, nanos);
    AccessLog.line(
        method.text(),
        request.prologue().uriPath().rawPath(),
        route == null ? "none" : route.name(),
        status,
        nanos,
        bytes,
        trace.traceId());
    Trace.end();
  }
}
