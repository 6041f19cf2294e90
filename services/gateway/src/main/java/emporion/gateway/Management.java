package emporion.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What operators ask, on a socket of its own that the world does not reach: {@code
 * /health/live|ready|started} and {@code /metrics}. It answers until the last request has ended.
 */
final class Management implements AutoCloseable {
  private static final int CONNECTIONS = 64;
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final WebServer server;
  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;

  Management(Settings settings, PrometheusMeterRegistry registry, BooleanSupplier ready) {
    this.registry = registry;
    this.ready = ready;
    this.server =
        WebServer.builder()
            .host(settings.managementHost())
            .port(settings.managementPort())
            .maxTcpConnections(CONNECTIONS)
            .maxConcurrentRequests(CONNECTIONS)
            .maxPayloadSize(0)
            .idleConnectionTimeout(Duration.ofSeconds(60))
            .shutdownHook(false)
            .routing(this::routes)
            .build()
            .start();
  }

  private void routes(HttpRouting.Builder routes) {
    routes
        .get("/health/live", (request, response) -> health(response, true))
        .get("/health/started", (request, response) -> health(response, true))
        .get("/health/ready", (request, response) -> health(response, ready.getAsBoolean()))
        .get("/health", (request, response) -> health(response, ready.getAsBoolean()))
        .get("/metrics", this::metrics);
  }

  private static void health(ServerResponse response, boolean up) {
    response
        .status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderValues.CONTENT_TYPE_JSON)
        .send("{\"status\":\"" + (up ? "UP" : "DOWN") + "\",\"checks\":[]}");
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, PROMETHEUS_TEXT).send(registry.scrape());
  }

  boolean running() {
    return server.isRunning();
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
