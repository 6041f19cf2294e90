package emporion.chassis.discovery;

import io.smallrye.mutiny.Uni;
import io.smallrye.stork.api.ServiceDiscovery;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.api.config.ConfigWithType;
import io.smallrye.stork.api.config.ServiceConfig;
import io.smallrye.stork.impl.DefaultServiceInstance;
import io.smallrye.stork.spi.StorkInfrastructure;
import io.smallrye.stork.spi.internal.ServiceDiscoveryLoader;
import io.smallrye.stork.utils.ServiceInstanceIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/**
 * The instances that DNS names, asked every second, past the cache of the JVM: addresses of a host
 * (Kubernetes has one for each Pod of a headless Service), or SRV records (RFC 2782), which tell
 * ports too. Names are to be full ones; nothing is appended.
 */
public final class DnsFinder implements ServiceDiscoveryLoader {
  @Override
  public String type() {
    return "dns";
  }

  @Override
  public ServiceDiscovery createServiceDiscovery(
      ConfigWithType config,
      String service,
      ServiceConfig serviceConfig,
      StorkInfrastructure infrastructure) {
    var parameters = config.parameters();
    var records = new Records(parameters.getOrDefault("dns-servers", ""));
    var host = parameters.getOrDefault("hostname", service);
    var type = parameters.getOrDefault("record-type", "A");
    if (type.equals("SRV")) {
      return () -> Uni.createFrom().item(() -> records.services(host));
    }
    int port = Integer.parseInt(port(service, parameters));
    return () -> Uni.createFrom().item(() -> records.hosts(host, type, port));
  }

  private static String port(String service, Map<String, String> parameters) {
    var port = parameters.get("port");
    if (port == null) {
      throw new IllegalArgumentException(
          "stork." + service + ".service-discovery.port is not set, and DNS tells none");
    }
    return port;
  }

  private static final class Records {
    private static final String PATIENCE_MILLIS = "1000";
    private static final String ATTEMPTS = "2";

    private final Hashtable<String, String> environment = new Hashtable<>();

    /** Of some servers, {@code host:port} each; of the system's where it is empty. */
    Records(String servers) {
      environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
      environment.put(
          Context.PROVIDER_URL,
          servers.isBlank()
              ? "dns:"
              : Arrays.stream(servers.split(","))
                  .map(server -> "dns://" + server.strip())
                  .collect(Collectors.joining(" ")));
      environment.put("com.sun.jndi.dns.timeout.initial", PATIENCE_MILLIS);
      environment.put("com.sun.jndi.dns.timeout.retries", ATTEMPTS);
    }

    List<ServiceInstance> hosts(String host, String type, int port) {
      return values(host, type).stream().sorted().map(address -> instance(address, port)).toList();
    }

    List<ServiceInstance> services(String host) {
      var found = new ArrayList<ServiceInstance>();
      for (var record : values(host, "SRV")) {
        var fields = record.split(" ");
        found.addAll(hosts(fields[3], "A", Integer.parseInt(fields[2])));
      }
      return found;
    }

    private static ServiceInstance instance(String host, int port) {
      return new DefaultServiceInstance(ServiceInstanceIds.next(), host, port, false);
    }

    private List<String> values(String host, String type) {
      try {
        var context = new InitialDirContext(environment);
        try {
          var attribute = context.getAttributes(host, new String[] {type}).get(type);
          return attribute == null
              ? List.of()
              : Collections.list(attribute.getAll()).stream().map(String.class::cast).toList();
        } finally {
          context.close();
        }
      } catch (NameNotFoundException e) {
        return List.of();
      } catch (NamingException e) {
        throw new IllegalStateException("DNS does not answer for " + host, e);
      }
    }
  }
}
