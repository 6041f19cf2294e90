package emporion.gateway;

import emporion.chassis.metrics.HttpServerMetrics;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Every request of the public socket. What is the same for all of them; a {@link Forwarding} is
 * one.
 */
final class Forwarder implements Listener.Exchanges {
  private final Settings settings;
  private final RouteTable routes;
  private final Tokens tokens;
  private final Limits limits;
  private final Cors cors;
  private final HttpServerMetrics metrics;
  private final RequestHead.Rules rules;
  private final Pattern keyed;
  private final AtomicInteger underWay = new AtomicInteger();

  Forwarder(
      Settings settings,
      RouteTable routes,
      Tokens tokens,
      Limits limits,
      Cors cors,
      HttpServerMetrics metrics) {
    this.settings = settings;
    this.routes = routes;
    this.tokens = tokens;
    this.limits = limits;
    this.cors = cors;
    this.metrics = metrics;
    this.rules = new RequestHead.Rules(Set.copyOf(settings.hosts()), settings.trustedProxies());
    this.keyed = settings.keyedPaths();
  }

  @Override
  public Exchange begin(ClientChannel client, HttpRequest request) {
    return new Forwarding(this, client, request);
  }

  /** Lets one more request in; false where too many are under way. */
  boolean enter() {
    if (underWay.incrementAndGet() > settings.maxRequests()) {
      underWay.decrementAndGet();
      return false;
    }
    return true;
  }

  /** A request that was let in has ended. */
  void leave() {
    underWay.decrementAndGet();
  }

  int underWay() {
    return underWay.get();
  }

  /** Whether a service carries out a POST to a path once, however often it comes with its key. */
  boolean keyed(String path) {
    return keyed.matcher(path).matches();
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

  /** What counts requests. */
  HttpServerMetrics metrics() {
    return metrics;
  }

  RequestHead.Rules rules() {
    return rules;
  }
}
