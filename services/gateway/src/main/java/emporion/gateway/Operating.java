package emporion.gateway;

import emporion.chassis.logging.LoggersEndpoint;
import emporion.chassis.metrics.ProcessMetrics;
import emporion.chassis.problem.Problem;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A request of an operator, on a socket of its own that the world does not reach: {@code
 * /health/live|ready|started}, {@code /metrics} and {@code /loggers}. It answers until the last
 * request has ended.
 */
final class Operating extends Exchange {
  private static final String METHODS = "GET, HEAD, OPTIONS";
  private static final String LOGGERS = LoggersEndpoint.PATH;

  private final ProcessMetrics metrics;
  private final BooleanSupplier ready;
  private final Deadline patience = new Deadline();

  Operating(
      ProcessMetrics metrics, BooleanSupplier ready, ClientChannel client, HttpRequest request) {
    super(client, request, false);
    this.metrics = metrics;
    this.ready = ready;
  }

  @Override
  void open() {
    if (Target.isServer(request)) {
      var allowed = empty(HttpResponseStatus.NO_CONTENT);
      allowed.headers().set("Allow", METHODS);
      say(allowed);
      return;
    }
    Target.authority(request.uri(), client.secure());
    var path = Target.of(request.uri()).path();
    if (path.equals(LOGGERS) || path.startsWith(LOGGERS + "/")) {
      say(loggers(path));
      return;
    }
    var answer =
        switch (path) {
          case "/health/live", "/health/started" -> health(true);
          case "/health/ready", "/health" -> health(ready.getAsBoolean());
          case "/metrics" -> metrics();
          default -> throw Problem.notFound("path");
        };
    if (!HttpMethod.GET.equals(request.method()) && !toHead()) {
      throw ErrorResponse.notPassedOn();
    }
    say(answer);
  }

  private static FullHttpResponse health(boolean up) {
    return answer(
        up ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
        "application/json",
        ("{\"status\":\"" + (up ? "UP" : "DOWN") + "\",\"checks\":[]}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private FullHttpResponse loggers(String path) {
    var parameters = new QueryStringDecoder(request.uri()).parameters();
    var said =
        LoggersEndpoint.answer(
            request.method().name(),
            path,
            name -> parameters.getOrDefault(name, List.of()).stream().findFirst().orElse(null),
            client.peer());
    var answer =
        answer(
            HttpResponseStatus.valueOf(said.status()),
            said.type(),
            said.body().getBytes(StandardCharsets.UTF_8));
    if (!said.allow().isEmpty()) {
      answer.headers().set("Allow", said.allow());
    }
    return answer;
  }

  private FullHttpResponse metrics() {
    var page = metrics.page(headers.get(HttpHeaderNames.ACCEPT));
    return answer(HttpResponseStatus.OK, page.type(), page.text());
  }

  private static FullHttpResponse answer(HttpResponseStatus status, String type, byte[] body) {
    var answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    if (status.code() != 204) {
      answer.headers().set("Content-Type", type);
      answer.headers().set("Content-Length", body.length);
    }
    return answer;
  }

  @Override
  protected void writeOwnFields(int status, HttpHeaders fields) {
    if (status == 405 && !fields.contains("Allow")) {
      fields.set("Allow", METHODS);
    }
  }

  @Override
  void look(long now) {
    if (patience.passed(now)) {
      gone();
    }
  }
}
