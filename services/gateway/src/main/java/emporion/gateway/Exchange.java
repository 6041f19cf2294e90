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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Bodies are read from and written to the connections themselves, below
 * Helidon's entity, which would hold a whole chunk in memory, however large.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
  private static final int CLIENT_GONE = 499;
  private static final int BATCH = 16_384;
  private static final int SMALL_BODY = 65_536;
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration RETRY_DEAD = Duration.ofSeconds(2);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRLF = {'\r', '\n'};

  /** RFC 9110, section 9.2.2: doing it twice is as good as once. */
  private static final Set<Method> IDEMPOTENT =
      Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.PUT, Method.DELETE);

  private final Forwarder gateway;
  private final ConnectionContext client;
  private final RoutingRequest request;
  private final RoutingResponse response;
  private final Headers headers;
  private final Method method;
  private final Deadline patience;
  private final long start = System.nanoTime();
  private final Trace trace;

  private Route route;
  private Body sent;
  private int status;
  private long bytes;
  private boolean headWritten;
  private boolean bodyAsked;
  private boolean givenBack;
  private boolean close;

  Exchange(
      Forwarder gateway,
      ConnectionContext client,
      RoutingRequest request,
      RoutingResponse response) {
    this.gateway = gateway;
    this.client = client;
    this.request = request;
    this.response = response;
    this.headers = request.headers();
    this.method = request.prologue().method();
    this.patience = gateway.clients().of(client);
    this.trace = Trace.begin(headers.contains(TRACEPARENT) ? headers.get(TRACEPARENT).get() : null);
  }

  /**
   * Answers the request, whatever happens.
   *
   * @throws CloseConnectionException where the connection must not carry another one
   */
  void run() {
    try {
      forward();
    } catch (Problem problem) {
      refuse(problem);
    } catch (ClientGone gone) {
      status = headWritten ? status : CLIENT_GONE;
      close = true;
    } catch (RuntimeException defect) {
      LOG.error("A request failed in a way that nobody foresaw", defect);
      refuse(internal());
    } finally {
      account();
    }
    if (close) {
      throw new CloseConnectionException("the answer was the last one on this connection");
    }
  }

  private void forward() {
    close = true; // until it is clear where this request ends
    var framing = Framing.ofRequest(headers);
    sent = new Body(client.dataReader(), framing, Long.MAX_VALUE);
    var head = new RequestHead(headers, gateway.rules());
    close = head.close();
    keepHelidonOff(framing);
    var target = Target.of(request.prologue());
    if (method == Method.CONNECT || method == Method.TRACE) {
      throw Problem.of(
          405, "method-not-allowed", "Method not allowed", "The gateway does not pass it on.");
    }
    route = gateway.routes().find(target.path()).orElseThrow(() -> Problem.notFound("path"));
    sent = new Body(client.dataReader(), framing, route.maxBodyBytes());
    gateway.tokens().check(headers);
    var out = BufferData.growing(1_024);
    head.writeTo(out, method, target, framing, route.upstream().hostHeader(), client, trace);
    relay(call(out, framing));
  }

  /** Helidon would look for a body that has been read already, unless the answer closes. */
  private void keepHelidonOff(Framing framing) {
    if (framing.hasBody()) {
      response.headers().set(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /** The client has left or was too slow; nobody is there to be answered. */
  private static final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGone(Throwable cause) {
      super("client gone", cause, false, false);
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
   * Calls the service. A request is sent a second time only if it is idempotent, has no body, and
   * went out on a pooled connection that ended before it brought a single byte: then the service
   * hung up between the pool's check and the request.
   */
  private Called call(BufferData head, Framing framing) {
    var connection = reach(route.upstream()::take);
    try {
      return attempt(connection, head, framing);
    } catch (UpstreamBroken broken) {
      boolean stale = connection.reused() && !connection.answered();
      if (!stale
          || connection.deadline().passed()
          || framing.hasBody()
          || !IDEMPOTENT.contains(method)) {
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
      connection.deadline().in(gateway.callTimeout());
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
    boolean chunked = framing.kind() == Framing.Kind.CHUNKED;
    if (framing.hasBody()) {
      patience.in(gateway.clientBodyTimeout());
      append(head, fromClient(), chunked);
    }
    try {
      write(connection, head);
      while (!sent.ended()) {
        var more = BufferData.growing(BATCH);
        append(more, fromClient(), chunked);
        write(connection, more);
      }
    } catch (IOException e) {
      // It may have hung up because it has answered already: the caller reads on.
    }
    patience.clear();
  }

  private void write(UpstreamConnection connection, BufferData data) throws IOException {
    connection.deadline().in(gateway.stallTimeout());
    connection.write(data);
    connection.deadline().clear();
  }

  private byte[] fromClient() {
    try {
      if (!bodyAsked && expectsContinue()) {
        client.dataWriter().writeNow(BufferData.create(CONTINUE));
      }
      bodyAsked = true;
      return sent.next();
    } catch (Body.Malformed e) {
      close = true;
      throw Problem.of(
          400, "bad-body", "The request's body is broken", "Its framing breaks RFC 9112.");
    } catch (UncheckedIOException
        | CloseConnectionException
        | DataReader.InsufficientDataAvailableException e) {
      throw new ClientGone(e);
    }
  }

  private boolean expectsContinue() {
    return headers.contains(HeaderNames.EXPECT)
        && "100-continue".equalsIgnoreCase(headers.get(HeaderNames.EXPECT).get());
  }

  private static void append(BufferData out, byte[] piece, boolean chunked) {
    if (!chunked) {
      out.write(piece);
    } else if (piece.length == 0) {
      out.write(LAST_CHUNK);
    } else {
      out.writeAscii(Integer.toHexString(piece.length));
      out.write(CRLF);
      out.write(piece);
      out.write(CRLF);
    }
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
    boolean chunked = framing.kind() != Framing.Kind.NONE && framing.length() < 0;
    close |= gateway.draining() || !sent.ended();
    status = answer.status();
    var reader = connection.reader();
    var body = new Body(reader, framing, Long.MAX_VALUE);
    var out = BufferData.growing(1_024);
    answer.writeTo(out, framing, close);
    while (true) {
      while (!body.ended() && out.available() < BATCH && reader.available() > 0) {
        pass(out, body, chunked);
      }
      if (body.ended()) {
        // Before the client has all of it: its next request may come at once, and it may be slow.
        if (answer.lasting() && framing.kind() != Framing.Kind.UNTIL_CLOSE && sent.ended()) {
          givenBack = true;
          route.upstream().giveBack(connection);
        }
        toClient(out);
        return;
      }
      toClient(out);
      out = BufferData.growing(BATCH);
      connection.deadline().in(gateway.stallTimeout());
      pass(out, body, chunked);
      connection.deadline().clear();
    }
  }

  private void pass(BufferData out, Body body, boolean chunked) {
    var piece = body.next();
    bytes += piece.length;
    append(out, piece, chunked);
  }

  private void toClient(BufferData data) {
    headWritten = true;
    patience.in(gateway.stallTimeout());
    try {
      client.dataWriter().writeNow(data);
    } catch (UncheckedIOException | CloseConnectionException e) {
      throw new ClientGone(e);
    }
    patience.clear();
  }

  private void refuse(Problem problem) {
    if (headWritten) {
      close = true;
      return;
    }
    status = problem.status();
    boolean drainable =
        !close && sent != null && !sent.ended() && (bodyAsked || !expectsContinue());
    boolean unread = sent == null || !sent.ended();
    close |= gateway.draining() || unread && !(drainable && small());
    try {
      toClient(Refusal.bytes(problem, trace.traceId(), method == Method.HEAD, close));
      if (drainable) {
        drain();
      }
    } catch (ClientGone e) {
      close = true;
    }
  }

  private boolean small() {
    return headers.contains(HeaderNames.CONTENT_LENGTH)
        && headers.get(HeaderNames.CONTENT_LENGTH).get().length() < 6
        && Integer.parseInt(headers.get(HeaderNames.CONTENT_LENGTH).get()) <= SMALL_BODY;
  }

  /**
   * Reads what the client is still sending: a connection closed on unread data is reset, and a
   * client that is reset while it sends may never see the answer.
   */
  private void drain() {
    patience.in(LINGER);
    try {
      while (!sent.ended()) {
        fromClient();
      }
    } catch (Problem e) {
      close = true;
    }
    patience.clear();
  }

  private static Problem internal() {
    return Problem.of(
        500,
        "internal",
        "Something went wrong on our side",
        "It has been logged; quote the trace id when you report it.");
  }

  private void account() {
    gateway.clients().done(client);
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
