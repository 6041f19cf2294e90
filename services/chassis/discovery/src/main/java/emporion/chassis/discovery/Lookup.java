package emporion.chassis.discovery;

import emporion.chassis.discovery.Neighbour.Address;
import io.smallrye.stork.api.ServiceDiscovery;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.integration.DefaultStorkInfrastructure;
import io.smallrye.stork.spi.config.SimpleServiceConfig;
import io.smallrye.stork.spi.config.SimpleServiceConfig.SimpleServiceDiscoveryConfig;
import io.smallrye.stork.spi.internal.ServiceDiscoveryLoader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks one of Stork's providers where a service is, again and again. What is known counts while the
 * provider has no answer; an answer without any instance counts after half a minute, since a
 * registry that has lost its memory says so too, until all have registered again.
 */
final class Lookup {
  private static final Logger LOG = System.getLogger(Lookup.class.getName());
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Longer than any provider waits for a change. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration EMPTY = Duration.ofSeconds(30);
  private static final List<String> PARAMETERS =
      List.of(
          "address-list",
          "secure",
          "application",
          "refresh-period",
          "consul-host",
          "consul-port",
          "consul-secure",
          "acl-token",
          "use-health-checks",
          "hostname",
          "port",
          "dns-servers",
          "record-type",
          "k8s-host",
          "k8s-namespace",
          "port-name");

  private final Neighbour neighbour;
  private final ServiceDiscovery discovery;
  private final CountDownLatch first = new CountDownLatch(1);
  private long lastSeen = System.nanoTime();
  private boolean failing;

  private Lookup(Neighbour neighbour, ServiceDiscovery discovery) {
    this.neighbour = neighbour;
    this.discovery = discovery;
  }

  /** Goes on for as long as the process lives; the first answer is waited for at most a second. */
  static void start(Neighbour neighbour, Function<String, Optional<String>> settings) {
    var lookup = new Lookup(neighbour, discovery(neighbour.name(), settings));
    Thread.ofVirtual().name("discovery of " + neighbour.name()).start(lookup::run);
    try {
      if (!lookup.first.await(FIRST.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "Nobody tells yet where {0} is", neighbour.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ServiceDiscovery discovery(
      String service, Function<String, Optional<String>> settings) {
    var type = setting(service, "type", settings).orElse("static");
    var parameters = new HashMap<String, String>();
    for (var name : PARAMETERS) {
      setting(service, name, settings).ifPresent(value -> parameters.put(name, value));
    }
    return loader(service, type)
        .createServiceDiscovery(
            new SimpleServiceDiscoveryConfig(type, parameters),
            service,
            new SimpleServiceConfig.Builder().setServiceName(service).build(),
            new DefaultStorkInfrastructure());
  }

  private static Optional<String> setting(
      String service, String name, Function<String, Optional<String>> settings) {
    return settings
        .apply("stork." + service + ".service-discovery." + name)
        .or(() -> settings.apply("stork.service-discovery." + name));
  }

  private static ServiceDiscoveryLoader loader(String service, String type) {
    return ServiceLoader.load(ServiceDiscoveryLoader.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(one -> type.equals(one.type()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Nobody finds " + service + " by " + type));
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      boolean answered = ask();
      first.countDown();
      if (!(answered && discovery instanceof Watching)) {
        rest();
      }
    }
  }

  private boolean ask() {
    try {
      take(discovery.getServiceInstances().await().atMost(LONGEST));
      failing = false;
      return true;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.log(Level.WARNING, "Where " + neighbour.name() + " is can't be found out", e);
      }
      return false;
    }
  }

  private void take(List<ServiceInstance> found) {
    long now = System.nanoTime();
    if (!found.isEmpty()) {
      lastSeen = now;
    } else if (now - lastSeen < EMPTY.toNanos()) {
      return;
    }
    neighbour.update(found.stream().map(one -> new Address(one.getHost(), one.getPort())).toList());
  }

  private static void rest() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A discovery whose answer comes when there is something new, or after a while. */
  interface Watching extends ServiceDiscovery {}
}
