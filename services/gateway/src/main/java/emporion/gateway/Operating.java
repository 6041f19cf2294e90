package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.prometheus.client.exporter.common.TextFormat;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * A request of an operator, on a socket of its own that the world does not reach: {@code
 * /health/live|ready|started} and {@code /metrics}. It answers until the last request has ended.
 */
final class Operating extends Exchange {
  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;
  private final Deadline patience = new Deadline();

  Operating(
      PrometheusMeterRegistry registry,
      BooleanSupplier ready,
      ClientChannel client,
      HttpRequest request) {
    super(client, request, false);
    this.registry = registry;
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
    var answer =
        switch (Target.of(request.uri()).path()) {
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
        "{\"status\":\"" + (up ? "UP" : "DOWN") + "\",\"checks\":[]}");
  }

  private FullHttpResponse metrics() {
    var type = TextFormat.chooseContentType(headers.get(HttpHeaderNames.ACCEPT));
    return answer(HttpResponseStatus.OK, type, registry.scrape(type));
  }

  private static FullHttpResponse answer(HttpResponseStatus status, String type, String text) {
    var body = text.getBytes(StandardCharsets.UTF_8);
    var answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    answer.headers().set("Content-Type", type);
    answer.headers().set("Content-Length", body.length);
    return answer;
  }

  @Override
  protected void writeOwnFields(int status, HttpHeaders fields) {
    if (status == 405) {
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
