package emporion.chassis.discovery;

import emporion.chassis.discovery.Neighbour.Address;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The services that a process calls, by the address that a setting gives of each: one instance
 * ({@code http://host:port}), a list of them ({@code stork://host:port,host:port}), or a name whose
 * instances are looked for ({@code stork://product-service}); with {@code storks} they speak TLS.
 * How they are looked for is told by Stork's settings, {@code
 * stork.product-service.service-discovery.type} and so on; what holds for all services may be said
 * without a name, {@code stork.service-discovery.type}.
 */
public final class Neighbours {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Map<String, Neighbour> known = new ConcurrentHashMap<>();
  private final Function<String, Optional<String>> settings;

  /**
   * None yet.
   *
   * @param settings finds the value of a setting by its name
   */
  public Neighbours(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /** Those of this process, with the settings that MicroProfile Config finds. */
  public static Neighbours configured() {
    return Configured.ALL;
  }

  /** Whether an address is that of one instance, so that there is nothing to choose. */
  public static boolean isSingle(URI address) {
    return !isStork(address);
  }

  /**
   * The service with an address; one that is looked for is waited for at most a second.
   *
   * @throws IllegalArgumentException where the address is none, or its settings say nothing
   */
  public Neighbour of(URI address) {
    var key = address.getScheme() + "://" + address.getRawAuthority();
    var found = known.get(key);
    return found != null ? found : known.computeIfAbsent(key, any -> create(address));
  }

  /** All that were asked for. */
  public List<Neighbour> all() {
    return List.copyOf(known.values());
  }

  private Neighbour create(URI address) {
    boolean secure = List.of("https", "grpcs", "storks").contains(address.getScheme());
    var name = address.getRawAuthority();
    if (isStork(address) && name.indexOf(':') < 0) {
      var neighbour = new Neighbour(name, secure, System::nanoTime);
      Lookup.start(neighbour, settings);
      return neighbour;
    }
    var neighbour = new Neighbour(name, secure, System::nanoTime);
    neighbour.update(
        Arrays.stream(name.split(",")).map(one -> address(one, secure ? HTTPS : HTTP)).toList());
    return neighbour;
  }

  private static Address address(String one, int defaultPort) {
    var uri = URI.create("http://" + one);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("Not the address of an instance: " + one);
    }
    var host = uri.getHost().replaceAll("^\\[|]$", "");
    return new Address(host, uri.getPort() < 0 ? defaultPort : uri.getPort());
  }

  private static boolean isStork(URI address) {
    return "stork".equals(address.getScheme()) || "storks".equals(address.getScheme());
  }

  private static final class Configured {
    private static final Neighbours ALL =
        new Neighbours(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }
}
