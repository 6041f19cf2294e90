package emporion.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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

  Connections(Settings settings, MeterRegistry registry) {
    this.settings = settings.connections();
    this.trustedProxies = settings.trustedProxies();
    this.refused =
        Counter.builder("gateway.connections.refused")
            .description("Connections closed at once because there were too many")
            .register(registry);
    Gauge.builder("gateway.connections", open, AtomicInteger::get)
        .description("Open connections of clients")
        .register(registry);
  }

  /** Takes a place, until {@link #leave}; false where there is none. */
  boolean enter(InetAddress client) {
    int of = openOf.merge(Limits.key(client), 1, Integer::sum);
    boolean tooMany = of > settings.maxOfClient() && !trustedProxies.contains(client);
    if (open.incrementAndGet() > settings.max() || tooMany) {
      refused.increment();
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
