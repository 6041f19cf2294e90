package emporion.gateway;

import emporion.chassis.discovery.Call;
import emporion.chassis.discovery.Instance;
import emporion.chassis.discovery.Neighbour;
import emporion.chassis.discovery.NoInstanceException;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A service behind the gateway: its instances, with the connections to each. */
final class Service {
  private static final int ROUNDS = 2;

  private final Neighbour neighbour;
  private final String authority;
  private final Upstream.Terms alone;
  private final Upstream.Terms oneOfSome;
  private final ChannelGroup open;
  private final Watchdog watchdog;
  private final Map<Instance, Upstream> upstreams = new ConcurrentHashMap<>();

  /**
   * Without connections.
   *
   * @param address of an instance, of several ({@code stork://host:port,host:port}), or the name by
   *     which they are found ({@code stork://name}), without a path
   * @param neighbour whose address it is
   * @param connectTimeout of one attempt
   * @param idle after which a connection that rests is closed
   * @param trust over TLS: whose certificates are accepted
   * @param open gets what is connected
   */
  Service(
      URI address,
      Neighbour neighbour,
      Duration connectTimeout,
      Duration idle,
      SslContext trust,
      ChannelGroup open,
      Watchdog watchdog) {
    this.neighbour = neighbour;
    this.authority = address.getRawAuthority().split(",")[0];
    var tls = neighbour.secure() ? Optional.of(trust) : Optional.<SslContext>empty();
    var name = Optional.of(neighbour.name()).filter(any -> any.indexOf(':') < 0);
    this.alone = new Upstream.Terms(connectTimeout, ROUNDS, idle, tls, name);
    this.oneOfSome = new Upstream.Terms(connectTimeout, 1, idle, tls, name);
    this.open = open;
    this.watchdog = watchdog;
  }

  /** The {@code Host} by which it knows itself: its name, or its address; of several, the first. */
  String authority() {
    return authority;
  }

  /**
   * Begins a call of one of its instances.
   *
   * @param tried those that have failed in this call
   * @throws NoInstanceException where none is left
   */
  Call call(Collection<Instance> tried) {
    return neighbour.call(tried);
  }

  /** Whether a request that one of its instances has failed may be sent to another one. */
  boolean repeats(Collection<Instance> tried) {
    return tried.size() == 1 && neighbour.instances().size() > 1 && neighbour.mayRepeat();
  }

  /** The connections to an instance. */
  Upstream upstream(Instance instance) {
    var known = upstreams.get(instance);
    return known != null ? known : upstreams.computeIfAbsent(instance, this::create);
  }

  private Upstream create(Instance instance) {
    var all = neighbour.instances();
    // Those that have left: their connections close by themselves when they rest for too long.
    upstreams.keySet().retainAll(all);
    return new Upstream(
        InetSocketAddress.createUnresolved(instance.host(), instance.port()),
        all.size() == 1 ? alone : oneOfSome,
        open,
        watchdog);
  }

  /** Connections that wait for a request. */
  int pooled() {
    return upstreams.values().stream().mapToInt(Upstream::pooled).sum();
  }
}
