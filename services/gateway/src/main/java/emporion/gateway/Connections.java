package emporion.gateway;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of clients: no more than so many, of all and of each. What finds no place is
 * closed at once, before it costs a handshake.
 */
final class Connections {
  private final Settings.Connections settings;
  private final AddressRanges trustedProxies;
  private final Counter refused;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Object, Integer> openOf = new ConcurrentHashMap<>();

  Connections(Settings settings, PrometheusRegistry registry) {
    this.settings = settings.connections();
    this.trustedProxies = settings.trustedProxies();
    this.refused =
        Counter.builder()
            .name("gateway_connections_refused_total")
            .help("Connections closed at once because there were too many")
            .register(registry);
    GaugeWithCallback.builder()
        .name("gateway_connections")
        .help("Open connections of clients")
        .callback(callback -> callback.call(open.get()))
        .register(registry);
  }

  /** Takes a place, until {@link #leave}; false where there is none. */
  boolean enter(InetAddress client) {
    int of = openOf.merge(Limits.key(client), 1, Integer::sum);
    boolean tooMany = of > settings.maxOfClient() && !trustedProxies.contains(client);
    if (open.incrementAndGet() > settings.max() || tooMany) {
      refused.inc();
      leave(client);
      return false;
    }
    return true;
  }

  /** Gives the place back. */
  void leave(InetAddress client) {
    open.decrementAndGet();
    openOf.computeIfPresent(Limits.key(client), (key, count) -> count == 1 ? null : count - 1);
  }

  int open() {
    return open.get();
  }
}
