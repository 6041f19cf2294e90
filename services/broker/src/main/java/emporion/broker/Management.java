package emporion.broker;

import emporion.chassis.logging.LoggersEndpoint;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The operators' port: {@code /health}, {@code /health/live}, {@code /health/ready} and {@code
 * /health/started} as MicroProfile Health words them, {@code /metrics} for Prometheus, and {@code
 * /loggers}. All else is a problem (RFC 9457).
 */
final class Management implements Closeable {
  private static final String READERS = "GET, HEAD, OPTIONS";

  /** A probe or two ask here: whoever stalls is cut off. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "max-payload-size", "0",
          "max-tcp-connections", "64",
          "max-concurrent-requests", "64",
          "idle-connection-timeout", "PT20S",
          "shutdown-grace-period", "PT1S",
          "connection-options.tcp-no-delay", "true",
          "protocols-discover-services", "false",
          "protocols.http.max-prologue-length", "4096",
          "protocols.http.max-headers-size", "16384");

  private final WebServer server;

  private Management(WebServer server) {
    this.server = server;
  }

  /** Fails with a {@link StartFailure} where the port can't be had. */
  static Management start(Settings settings, Health health, Metrics metrics) {
    var server =
        WebServer.builder()
            .config(Config.just(ConfigSources.create(LIMITS)))
            .featuresDiscoverServices(false)
            .shutdownHook(false)
            .address(settings.host())
            .port(settings.healthPort())
            .routing(
                routing ->
                    routing
                        .any("/health", health(health::ready))
                        .any("/health/ready", health(health::ready))
                        .any("/health/started", health(health::ready))
                        .any("/health/live", health(health::live))
                        .any(
                            "/metrics",
                            read((request, response) -> tell(metrics, request, response)))
                        .any(LoggersEndpoint.PATH, Management::loggers)
                        .any(LoggersEndpoint.PATH + "/{name}", Management::loggers))
            .build();
    if (!server.start().isRunning()) {
      throw StartFailure.taken(
          Settings.HEALTH_PORT, settings.host(), settings.healthPort(), reason(settings));
    }
    return new Management(server);
  }

  /** The server has only logged why. */
  private static IOException reason(Settings settings) {
    try {
      new ServerSocket(settings.healthPort(), 1, settings.host()).close();
      return new IOException("it was not free a moment ago");
    } catch (IOException e) {
      return e;
    }
  }

  int port() {
    return server.port();
  }

  private static Handler health(Supplier<Health.Answer> asked) {
    return read(
        (request, response) -> {
          var answer = asked.get();
          response
              .status(answer.up() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
              .header(HeaderNames.CONTENT_TYPE, "application/json")
              .send(answer.json());
        });
  }

  private static void tell(Metrics metrics, ServerRequest request, ServerResponse response) {
    var page = metrics.page(request.headers().first(HeaderNames.ACCEPT).orElse(null));
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

  private static Handler read(Handler handler) {
    return (request, response) -> {
      var method = request.prologue().method();
      if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
        handler.handle(request, response);
      } else if (method.equals(Method.OPTIONS)) {
        response.status(Status.NO_CONTENT_204).header(HeaderNames.ALLOW, READERS).send();
      } else {
        response
            .status(Status.METHOD_NOT_ALLOWED_405)
            .header(HeaderNames.ALLOW, READERS)
            .send(); // the server adds a problem document
      }
    };
  }

  @Override
  public void close() {
    server.stop();
  }
}
