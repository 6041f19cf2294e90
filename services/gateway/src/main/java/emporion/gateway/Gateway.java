package emporion.gateway;

import emporion.chassis.security.TokenVerifier;
import io.helidon.http.DirectHandler;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;

/** The running gateway: its two sockets and what they share. */
final class Gateway implements AutoCloseable {
  private static final int MAX_REQUEST_LINE = 8_192;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Watchdog watchdog = new Watchdog();
  private final ClientWatch clients;
  private final List<Upstream> upstreams;
  private final Forwarder forwarder;
  private final Optional<Certificate> certificate;
  private final Management management;
  private final WebServer server;
  private volatile boolean ready;

  /** Starts both sockets; ready when it returns. */
  static Gateway start(Settings settings) {
    return new Gateway(settings);
  }

  private Gateway(Settings settings) {
    var routes = settings.routes().stream().map(route -> route(route, settings)).toList();
    upstreams = routes.stream().map(Route::upstream).toList();
    clients = new ClientWatch(settings, registry);
    watchdog.watch(clients);
    var unrouted = new RouteMeters(registry, "none");
    forwarder =
        new Forwarder(
            settings,
            new RouteTable(routes, settings.hiddenPaths()),
            new Tokens(
                new TokenVerifier(
                    settings.jwks(),
                    settings.issuer(),
                    settings.audience(),
                    settings.longestToken())),
            new Limits(settings.limits(), registry),
            new Cors(settings.cors()),
            clients,
            unrouted);
    measureProcess();
    certificate = settings.tls().map(Certificate::new);
    management = new Management(settings, registry, () -> ready);
    server = server(settings, unrouted);
    certificate.ifPresent(it -> it.renew(server));
    // Helidon logs why a socket could not be had, and goes on without it.
    ready = server.isRunning() && management.running();
    if (!ready) {
      close();
      throw new IllegalStateException("a port could not be had; see the line before");
    }
  }

  private Route route(Settings.Route route, Settings settings) {
    var upstream =
        new Upstream(route.uri(), settings.connectTimeout(), settings.upstreamIdle(), watchdog);
    Gauge.builder("gateway.upstream.idle.connections", upstream, Upstream::pooled)
        .description("Pooled connections to a service that wait for a request")
        .tag("route", route.name())
        .register(registry);
    return new Route(
        route.name(),
        route.paths(),
        route.maxBodyBytes(),
        upstream,
        new RouteMeters(registry, route.name()));
  }

  @SuppressWarnings("resource") // these meters have nothing to close
  private void measureProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private WebServer server(Settings settings, RouteMeters unrouted) {
    var http =
        Http1Config.builder()
            .maxPrologueLength(MAX_REQUEST_LINE)
            .maxHeadersSize(settings.maxHeadBytes())
            // Target and RequestHead check more, and Helidon would refuse encoded bodies.
            .validatePath(false)
            .validateRequestHeaders(false)
            .receiveLog(false)
            .sendLog(false)
            .addReceiveListener(clients)
            .build();
    var builder = WebServer.builder().config(settings.server());
    certificate.ifPresent(it -> builder.tls(it.tls()));
    return builder
        .shutdownHook(false)
        // The routes limit bodies, each as it says.
        .maxPayloadSize(-1)
        .contentEncoding(
            ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
        // Those who watch over the clients count them too.
        .maxTcpConnections(-1)
        .connectionOptions(clients.admission())
        .directHandlers(refusals(new Refusal(unrouted)))
        .protocolsDiscoverServices(false)
        .addProtocol(http)
        .routing(new OnlyRouting(forwarder))
        .build()
        .start();
  }

  private static DirectHandlers refusals(Refusal refusal) {
    var handlers = DirectHandlers.builder();
    for (var event : DirectHandler.EventType.values()) {
      handlers.addHandler(event, refusal);
    }
    return handlers.build();
  }

  int port() {
    return server.port();
  }

  int managementPort() {
    return management.port();
  }

  /** Clients that have to send or read something now. */
  long watchedClients() {
    return clients.watched();
  }

  /**
   * Says that it is not ready, ends each connection with its next answer while the time to drain
   * lasts, then takes no more connections, waits for the requests under way as long as the grace
   * period allows, and stops.
   */
  @Override
  public void close() {
    ready = false;
    forwarder.drain();
    clients.awaitEnd();
    certificate.ifPresent(Certificate::close);
    server.stop();
    management.close();
    watchdog.close();
    upstreams.forEach(Upstream::close);
  }
}
