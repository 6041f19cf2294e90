package emporion.chassis.helidon;

import emporion.chassis.logging.LoggersEndpoint;
import emporion.chassis.metrics.ProcessMetrics;
import io.helidon.common.Weighted;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.spi.ServerFeature;
import java.net.InetSocketAddress;

/**
 * What operators ask of a server on a socket of their own, besides its health: {@code /metrics} in
 * both formats of Prometheus, since Helidon 4.1.2 writes what Prometheus does not read and calls
 * OpenMetrics by no version; and {@code /loggers}.
 */
public final class OperatorRoutes implements ServerFeature, Weighted {
  private static final double BEFORE_HELIDONS = 100;

  private final String socket;

  /** On one socket of a server. */
  public OperatorRoutes(String socket) {
    this.socket = socket;
  }

  @Override
  public void setup(ServerFeatureContext context) {
    context
        .socket(socket)
        .httpRouting()
        .get("/metrics", OperatorRoutes::metrics)
        .any(LoggersEndpoint.PATH, OperatorRoutes::loggers)
        .any(LoggersEndpoint.PATH + "/{name}", OperatorRoutes::loggers);
  }

  private static void metrics(ServerRequest request, ServerResponse response) {
    var accept = String.join(",", request.headers().values(HeaderNames.ACCEPT));
    var page = ProcessMetrics.own().page(accept.isEmpty() ? null : accept);
    response.header(HeaderNames.CONTENT_TYPE, page.type()).send(page.text());
  }

  private static void loggers(ServerRequest request, ServerResponse response) {
    var answer =
        LoggersEndpoint.answer(
            request.prologue().method().text(),
            request.path().path(),
            name -> request.query().first(name).orElse(null),
            ((InetSocketAddress) request.remotePeer().address()).getAddress());
    response.status(Status.create(answer.status()));
    if (!answer.allow().isEmpty()) {
      response.header(HeaderNames.ALLOW, answer.allow());
    }
    if (answer.body().isEmpty()) {
      response.send();
    } else {
      response.header(HeaderNames.CONTENT_TYPE, answer.type()).send(answer.body());
    }
  }

  @Override
  public String name() {
    return "operators";
  }

  @Override
  public String type() {
    return name();
  }

  @Override
  public double weight() {
    return BEFORE_HELIDONS;
  }
}
