package emporion.chassis.discovery;

import emporion.chassis.json.Json;
import io.smallrye.mutiny.Uni;
import io.smallrye.stork.api.ServiceDiscovery;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.api.config.ConfigWithType;
import io.smallrye.stork.api.config.ServiceConfig;
import io.smallrye.stork.impl.DefaultServiceInstance;
import io.smallrye.stork.spi.StorkInfrastructure;
import io.smallrye.stork.spi.internal.ServiceDiscoveryLoader;
import io.smallrye.stork.utils.ServiceInstanceIds;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The instances that Consul knows to be well, by blocking queries: an answer comes when something
 * has changed, or after half a minute.
 */
public final class ConsulFinder implements ServiceDiscoveryLoader {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @Override
  public String type() {
    return "consul";
  }

  @Override
  public ServiceDiscovery createServiceDiscovery(
      ConfigWithType config,
      String service,
      ServiceConfig serviceConfig,
      StorkInfrastructure infrastructure) {
    var parameters = config.parameters();
    boolean checked = Boolean.parseBoolean(parameters.getOrDefault("use-health-checks", "true"));
    return new Query(
        new Consul(parameters),
        "/health/service/"
            + Consul.encode(parameters.getOrDefault("application", service))
            + (checked ? "?passing=true&wait=" : "?wait=")
            + WAIT.toSeconds()
            + "s&index=");
  }

  private static final class Query implements Lookup.Watching {
    private final Consul consul;
    private final String path;
    private long index;

    Query(Consul consul, String path) {
      this.consul = consul;
      this.path = path;
    }

    @Override
    public Uni<List<ServiceInstance>> getServiceInstances() {
      return Uni.createFrom().item(this::ask);
    }

    private List<ServiceInstance> ask() {
      var answer = consul.get(path + index, WAIT);
      if (answer.statusCode() != 200) {
        index = 0;
        throw new IllegalStateException("Consul answers " + answer.statusCode());
      }
      long next = answer.headers().firstValueAsLong("X-Consul-Index").orElse(0);
      // An agent that was started anew counts from the beginning.
      index = next < index ? 0 : Math.max(next, 1);
      return Arrays.stream(Json.read(answer.body(), Map[].class)).map(Query::instance).toList();
    }

    private static ServiceInstance instance(Map<?, ?> entry) {
      var service = (Map<?, ?>) entry.get("Service");
      var own = (String) service.get("Address");
      var host =
          own == null || own.isEmpty() ? ((Map<?, ?>) entry.get("Node")).get("Address") : own;
      return new DefaultServiceInstance(
          ServiceInstanceIds.next(), (String) host, (Integer) service.get("Port"), false);
    }
  }
}
