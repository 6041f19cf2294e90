package emporion.chassis.discovery;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Tells Consul of this instance once it is ready, and again where the agent has forgotten it, by
 * {@code stork.service-registrar.type=consul}. The agent asks its readiness every 10 s, and forgets
 * it after a minute in which it was not well.
 */
public final class Registration implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Registration.class.getName());
  private static final String SETTINGS = "stork.service-registrar.";
  private static final List<String> PARAMETERS =
      List.of("consul-host", "consul-port", "consul-secure", "acl-token", "ip-address");
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int PATIENCE_MILLIS = 1_000;

  /** Those who look for instances are told in this time that it is one no longer. */
  private static final Duration SPREAD = Duration.ofSeconds(1);

  private final Self self;
  private final Consul consul;
  private final String address;
  private final String suffix = "-" + UUID.randomUUID();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;
  private boolean registered;

  /**
   * What is told.
   *
   * @param ports by the names under which it is found, {@code product-service} and {@code
   *     product-service-grpc}
   * @param version a tag
   * @param readiness is answered by 200 when it is ready; asked by the agent at the same address as
   *     the instance is called, whatever host it names
   */
  public record Self(Map<String, Integer> ports, String version, URI readiness) {}

  /** The version that runs, as its jar says; {@code unknown} outside of one. */
  public static String version() {
    return Optional.ofNullable(Registration.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }

  /** Begins, where settings say so; close it before the server stops. */
  public static Optional<Registration> start(
      Self self, Function<String, Optional<String>> settings) {
    var type = settings.apply(SETTINGS + "type").orElse("none");
    return switch (type) {
      case "none" -> Optional.empty();
      case "consul" -> Optional.of(new Registration(self, parameters(settings)));
      default -> throw new IllegalArgumentException("Nobody registers by " + type);
    };
  }

  private static Map<String, String> parameters(Function<String, Optional<String>> settings) {
    var parameters = new HashMap<String, String>();
    for (var name : PARAMETERS) {
      settings.apply(SETTINGS + name).ifPresent(value -> parameters.put(name, value));
    }
    return parameters;
  }

  private Registration(Self self, Map<String, String> parameters) {
    this.self = self;
    this.consul = new Consul(parameters);
    this.address =
        Optional.ofNullable(parameters.get("ip-address"))
            .orElseGet(() -> towards(parameters.getOrDefault("consul-host", "localhost")));
    this.thread = Thread.ofVirtual().name("registration").start(this::run);
  }

  /** The own address by which a host is reached; nothing is sent. */
  private static String towards(String host) {
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(host, 8500));
      return socket.getLocalAddress().getHostAddress();
    } catch (SocketException e) {
      throw new IllegalStateException("No way leads to " + host, e);
    }
  }

  private void run() {
    try {
      do {
        look();
      } while (!end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      for (var name : self.ports.keySet()) {
        if (!known(name) && ready()) {
          register(name);
        }
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.log(Level.WARNING, "Consul does not take this instance, which is repeated", e);
      }
    }
  }

  private boolean known(String name) {
    int status = consul.get("/agent/service/" + id(name), Duration.ZERO).statusCode();
    if (status != 200 && status != 404) {
      throw new IllegalStateException("Consul answers " + status);
    }
    return status == 200;
  }

  private boolean ready() {
    try {
      var asked = (HttpURLConnection) self.readiness.toURL().openConnection();
      asked.setConnectTimeout(PATIENCE_MILLIS);
      asked.setReadTimeout(PATIENCE_MILLIS);
      return asked.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void register(String name) {
    var check =
        Map.of(
            "HTTP", checked(),
            "Interval", "10s",
            "Timeout", "2s",
            "Status", "passing",
            "DeregisterCriticalServiceAfter", "1m");
    var instance =
        Map.of(
            "ID",
            id(name),
            "Name",
            name,
            "Address",
            address,
            "Port",
            self.ports.get(name),
            "Tags",
            List.of("version=" + self.version),
            "Check",
            check);
    var answer = consul.put("/agent/service/register", instance);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("Consul answers " + answer.statusCode());
    }
    registered = true;
    LOG.log(Level.INFO, "Consul knows this instance as " + id(name));
  }

  private String checked() {
    var host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    return "http://" + host + ":" + self.readiness.getPort() + self.readiness.getPath();
  }

  private String id(String name) {
    return name + suffix;
  }

  /** Takes the instance back, and waits until those who call it have heard of that. */
  @Override
  public void close() {
    end.countDown();
    try {
      thread.join(Duration.ofMillis(PATIENCE_MILLIS));
      if (registered) {
        self.ports.keySet().forEach(this::forget);
        Thread.sleep(SPREAD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget(String name) {
    try {
      consul.put("/agent/service/deregister/" + id(name), Map.of());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Consul was not told that this instance ends", e);
    }
  }
}
