package emporion.gateway;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What can be set, read once. Names and defaults stand in {@code application.properties}; an
 * environment variable overrides by MicroProfile Config's rule ({@code emporion.routes.user.uri} is
 * {@code EMPORION_ROUTES_USER_URI}), a system property by its own name.
 *
 * @param server Helidon's settings of the public socket
 * @param managementHost where {@code /health} and {@code /metrics} listen
 * @param managementPort 0 picks a free one
 * @param routes each service with its paths
 * @param hiddenPaths prefixes that are never served, whatever the routes say
 * @param hosts the only accepted values of {@code Host}; empty accepts any
 * @param trustForwarded whether {@code X-Forwarded-*} of the client is kept and extended
 * @param maxHeadBytes of a request's headers together
 * @param connectTimeout of a connection to a service
 * @param callTimeout from the request's last byte to the answer's head
 * @param stallTimeout the longest pause while an answer's body is under way
 * @param clientHeadTimeout within which a request's headers must have come
 * @param clientBodyTimeout within which a request's body must have come
 * @param upstreamIdle after which a pooled connection is not used again
 * @param jwks where the issuer publishes its keys
 * @param issuer the accepted {@code iss}
 * @param audience must be in {@code aud}
 */
record Settings(
    Config server,
    String managementHost,
    int managementPort,
    List<Route> routes,
    List<String> hiddenPaths,
    List<String> hosts,
    boolean trustForwarded,
    int maxHeadBytes,
    Duration connectTimeout,
    Duration callTimeout,
    Duration stallTimeout,
    Duration clientHeadTimeout,
    Duration clientBodyTimeout,
    Duration upstreamIdle,
    URI jwks,
    String issuer,
    String audience) {

  /** One service: what leads to it, and where it is. */
  record Route(String name, URI uri, List<String> paths, long maxBodyBytes) {}

  private static final String DEFAULTS = "application.properties";

  /** The settings that hold in an environment. */
  static Settings load(Map<String, String> environment) {
    return of(
        Config.builder()
            .sources(
                List.of(
                    ConfigSources.create(overrides(environment)),
                    ConfigSources.systemProperties(),
                    ConfigSources.classpath(DEFAULTS)))
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .build());
  }

  private static Settings of(Config config) {
    var server = config.get("server");
    long maxBody = server.get("max-payload-size").asLong().get();
    var gateway = config.get("emporion.gateway");
    return new Settings(
        server,
        config.get("management.host").asString().get(),
        config.get("management.port").asInt().get(),
        config.get("emporion.routes").asNodeList().orElse(List.of()).stream()
            .map(node -> route(node, maxBody))
            .toList(),
        list(gateway.get("hidden-paths")),
        list(gateway.get("hosts")),
        gateway.get("trust-forwarded").asBoolean().get(),
        gateway.get("max-head-size").asInt().get(),
        duration(gateway.get("connect-timeout")),
        duration(gateway.get("call-timeout")),
        duration(gateway.get("stall-timeout")),
        duration(gateway.get("client-head-timeout")),
        duration(gateway.get("client-body-timeout")),
        duration(gateway.get("upstream-idle")),
        URI.create(config.get("mp.jwt.verify.publickey.location").asString().get()),
        config.get("mp.jwt.verify.issuer").asString().get(),
        config.get("mp.jwt.verify.audiences").asString().get());
  }

  private static Route route(Config node, long maxBody) {
    return new Route(
        node.name(),
        URI.create(node.get("uri").asString().get()),
        list(node.get("paths")),
        node.get("max-payload-size").asLong().orElse(maxBody));
  }

  private static List<String> list(Config node) {
    return node.asString().map(text -> List.of(text.split(","))).orElse(List.of()).stream()
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static Duration duration(Config node) {
    return Duration.parse(node.asString().get());
  }

  private static Map<String, String> overrides(Map<String, String> environment) {
    var overrides = new HashMap<String, String>();
    for (var key : defaults().stringPropertyNames()) {
      var name = key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
      var value = environment.get(name);
      if (value != null) {
        overrides.put(key, value);
      }
    }
    return overrides;
  }

  private static Properties defaults() {
    var defaults = new Properties();
    try (var in = Settings.class.getClassLoader().getResourceAsStream(DEFAULTS)) {
      defaults.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return defaults;
  }
}
