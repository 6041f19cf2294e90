package emporion.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What each client and each account may ask for in a time. A client is an address, or with IPv6 the
 * network of 64 bits that one household or machine is given. Requests that make a service check or
 * hash a password have a quota of their own, again for each client: guessing from one address never
 * costs anybody else their entry.
 */
final class Limits {
  private static final int NETWORK_BITS = 64;

  private final Quotas clients;
  private final Quotas accounts;
  private final Quotas signIns;
  private final Set<String> signInPaths;
  private final boolean on;

  Limits(Settings.Limits settings, PrometheusRegistry registry) {
    var refused =
        Counter.builder()
            .name("gateway_requests_limited_total")
            .help("Requests refused because a quota was used up")
            .labelNames("quota")
            .register(registry);
    int remembered = settings.remembered();
    clients = new Quotas("client", settings.client(), remembered, refused);
    accounts = new Quotas("account", settings.account(), remembered, refused);
    signIns = new Quotas("sign-in", settings.signIn(), remembered, refused);
    signInPaths = settings.signInPaths();
    on = clients.on() || accounts.on() || signIns.on();
  }

  /** The beginning of a request's account. */
  Allowance of(InetAddress client) {
    return new Allowance(this, on ? key(client) : client);
  }

  /** What tells one client from another. */
  static Object key(InetAddress address) {
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(address.getAddress(), 0, NETWORK_BITS / Byte.SIZE).getLong()
        : address;
  }

  /** Whether a request is among those that cost the hash of a password. */
  boolean signsIn(HttpMethod method, String path) {
    return HttpMethod.POST.equals(method) && signInPaths.contains(withoutLastSlash(path));
  }

  /** A service may read both alike. */
  private static String withoutLastSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  Quotas clients() {
    return clients;
  }

  Quotas accounts() {
    return accounts;
  }

  Quotas signIns() {
    return signIns;
  }
}
