package emporion.gateway;

import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Set;

/**
 * Every request of the public socket. What is the same for all of them; an {@link Exchange} is one.
 */
final class Forwarder implements HttpRouting {
  private final Settings settings;
  private final RouteTable routes;
  private final Tokens tokens;
  private final Limits limits;
  private final Cors cors;
  private final ClientWatch clients;
  private final RouteMeters unrouted;
  private final RequestHead.Rules rules;
  private volatile boolean draining;

  Forwarder(
      Settings settings,
      RouteTable routes,
      Tokens tokens,
      Limits limits,
      Cors cors,
      ClientWatch clients,
      RouteMeters unrouted) {
    this.settings = settings;
    this.routes = routes;
    this.tokens = tokens;
    this.limits = limits;
    this.cors = cors;
    this.clients = clients;
    this.unrouted = unrouted;
    this.rules = new RequestHead.Rules(Set.copyOf(settings.hosts()), settings.trustedProxies());
  }

  @Override
  public void route(ConnectionContext client, RoutingRequest request, RoutingResponse response) {
    new Exchange(this, client, request, response).run();
  }

  @Override
  public HttpSecurity security() {
    return HttpSecurity.create();
  }

  @Override
  public void beforeStart() {}

  @Override
  public void afterStop() {}

  /** From now on each answer ends its connection. */
  void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  Settings settings() {
    return settings;
  }

  RouteTable routes() {
    return routes;
  }

  Tokens tokens() {
    return tokens;
  }

  Limits limits() {
    return limits;
  }

  Cors cors() {
    return cors;
  }

  ClientWatch clients() {
    return clients;
  }

  /** What counts a request that no route took. */
  RouteMeters unrouted() {
    return unrouted;
  }

  RequestHead.Rules rules() {
    return rules;
  }
}
