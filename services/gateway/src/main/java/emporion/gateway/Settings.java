package emporion.gateway;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What can be set, read once. Names and defaults stand in {@code application.properties}; an
 * environment variable overrides by MicroProfile Config's rule ({@code emporion.routes.user.uri} is
 * {@code EMPORION_ROUTES_USER_URI}), a system property by its own name.
 *
 * @param host where the public socket listens
 * @param port 0 picks a free one
 * @param threads that carry requests
 * @param maxRequests at once
 * @param idleTimeout after which a connection between two requests is closed
 * @param gracePeriod for which a stop waits for the requests under way
 * @param managementHost where {@code /health} and {@code /metrics} listen
 * @param managementPort 0 picks a free one
 * @param routes each service with its paths
 * @param hiddenPaths prefixes that are never served, whatever the routes say
 * @param hosts the only accepted values of {@code Host}; empty accepts any
 * @param trustedProxies networks whose {@code X-Forwarded-*} is believed, kept and extended
 * @param maxHeadBytes of a request's headers together
 * @param connectTimeout of one attempt to connect to a service; there are two for each address
 * @param callTimeout from the request's last byte to the answer's head
 * @param stallTimeout the longest pause while an answer's body is under way
 * @param clientHeadTimeout within which a request's headers must have come
 * @param clientBodyTimeout within which a request's body must have come
 * @param requestTimeout from a request's head to the last byte of its answer, whoever is slow
 * @param streamTimeout the longest silence of a WebSocket or of a stream of events
 * @param keyedPaths where an {@code Idempotency-Key} makes a POST happen once
 * @param tokenlessPaths prefixes below which nobody looks at a bearer token
 * @param ca certificates in PEM that are trusted in services; without them the system's are
 * @param connections how many are served
 * @param tls the certificate of the public socket; without one it speaks plain HTTP
 * @param hsts value of {@code Strict-Transport-Security} (RFC 6797) on answers over TLS; empty
 *     sends none
 * @param cors which pages of other origins may call
 * @param limits of requests
 * @param upstreamIdle after which a pooled connection is not used again
 * @param jwks where the issuer publishes its keys
 * @param issuer the accepted {@code iss}
 * @param audience must be in {@code aud}
 * @param longestToken from a token's {@code iat} to its {@code exp}
 * @param others finds what has no default here, as how instances are found
 */
record Settings(
    String host,
    int port,
    int threads,
    int maxRequests,
    Duration idleTimeout,
    Duration gracePeriod,
    String managementHost,
    int managementPort,
    List<Route> routes,
    List<String> hiddenPaths,
    List<String> hosts,
    AddressRanges trustedProxies,
    int maxHeadBytes,
    Duration connectTimeout,
    Duration callTimeout,
    Duration stallTimeout,
    Duration clientHeadTimeout,
    Duration clientBodyTimeout,
    Duration requestTimeout,
    Duration streamTimeout,
    Pattern keyedPaths,
    List<String> tokenlessPaths,
    Optional<Path> ca,
    Connections connections,
    Optional<Tls> tls,
    String hsts,
    Cors cors,
    Duration upstreamIdle,
    Limits limits,
    URI jwks,
    String issuer,
    String audience,
    Duration longestToken,
    Function<String, Optional<String>> others) {

  /** One service: what leads to it, and where it is. */
  record Route(String name, URI uri, List<String> paths, long maxBodyBytes) {}

  /**
   * Open connections.
   *
   * @param max of all clients
   * @param maxOfClient of one address; trusted proxies may have more
   * @param drainTime for which they are served in a stop, one more answer each
   */
  record Connections(int max, int maxOfClient, Duration drainTime) {}

  /**
   * Files in PEM.
   *
   * @param certificate the gateway's own first, then those that lead to its root
   * @param key PKCS#8, or PKCS#1 for RSA; not encrypted
   * @param refresh how often they are looked at
   */
  record Tls(Path certificate, Path key, Duration refresh) {}

  /**
   * Cross-origin resource sharing.
   *
   * @param origins as browsers send them; {@code *} lets in any, none answers no preflight
   * @param methods that may be used
   * @param headers that a request may carry
   * @param exposed of an answer, for scripts to read
   * @param maxAge for which a browser need not ask again
   */
  record Cors(
      Set<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      Duration maxAge) {

    /** Refuses what no browser would ever send. */
    Cors {
      for (var origin : origins) {
        if (!origin.equals("*") && !ORIGIN.matcher(origin).matches()) {
          throw new IllegalArgumentException("Not an origin (scheme://host[:port]): " + origin);
        }
      }
    }
  }

  /**
   * How much may be asked for.
   *
   * @param client of one client address
   * @param account of the subject of a token
   * @param signIn of one client address, for the requests that cost the hash of a password
   * @param signInPaths those are each {@code POST} to one of these
   * @param remembered how many clients, and how many accounts, are told apart
   */
  record Limits(
      Quota client, Quota account, Quota signIn, Set<String> signInPaths, int remembered) {}

  /**
   * Requests in a time.
   *
   * @param requests 0 is no limit
   */
  record Quota(long requests, Duration window) {}

  private static final Set<String> SCHEMES = Set.of("http", "https", "stork", "storks");
  private static final String DEFAULTS = "application.properties";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[a-z0-9._:\\[\\]-]+");

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
            .build(),
        name ->
            Optional.ofNullable(environment.get(variable(name)))
                .or(() -> Optional.ofNullable(System.getProperty(name))));
  }

  private static Settings of(Config config, Function<String, Optional<String>> others) {
    var server = config.get("server");
    long maxBody = server.get("max-payload-size").asLong().get();
    var gateway = config.get("emporion.gateway");
    return new Settings(
        server.get("host").asString().get(),
        server.get("port").asInt().get(),
        threads(gateway.get("threads")),
        server.get("max-concurrent-requests").asInt().get(),
        duration(server.get("idle-connection-timeout")),
        duration(server.get("shutdown-grace-period")),
        config.get("management.host").asString().get(),
        config.get("management.port").asInt().get(),
        config.get("emporion.routes").asNodeList().orElse(List.of()).stream()
            .map(node -> route(node, maxBody))
            .toList(),
        list(gateway.get("hidden-paths")),
        list(gateway.get("hosts")),
        new AddressRanges(list(gateway.get("trusted-proxies"))),
        gateway.get("max-head-size").asInt().get(),
        duration(gateway.get("connect-timeout")),
        duration(gateway.get("call-timeout")),
        duration(gateway.get("stall-timeout")),
        duration(gateway.get("client-head-timeout")),
        duration(gateway.get("client-body-timeout")),
        duration(gateway.get("request-timeout")),
        duration(gateway.get("stream-timeout")),
        paths(list(gateway.get("keyed-paths"))),
        list(gateway.get("tokenless-paths")),
        file(config.get("emporion.tls.ca")),
        new Connections(
            server.get("max-tcp-connections").asInt().get(),
            gateway.get("max-connections-per-client").asInt().get(),
            duration(gateway.get("drain-time"))),
        tls(config.get("emporion.tls")),
        gateway.get("hsts").asString().get(),
        cors(config.get("emporion.cors")),
        duration(gateway.get("upstream-idle")),
        limits(config.get("emporion.limits")),
        URI.create(config.get("mp.jwt.verify.publickey.location").asString().get()),
        config.get("mp.jwt.verify.issuer").asString().get(),
        config.get("mp.jwt.verify.audiences").asString().get(),
        duration(config.get("emporion.jwt.longest")),
        others);
  }

  private static Route route(Config node, long maxBody) {
    return new Route(
        node.name(),
        address(node.get("uri").asString().get()),
        list(node.get("paths")),
        node.get("max-payload-size").asLong().orElse(maxBody));
  }

  private static URI address(String text) {
    var address = URI.create(text);
    var path = address.getPath();
    if (!SCHEMES.contains(address.getScheme())
        || address.getRawAuthority() == null
        || path != null && path.length() > 1) {
      throw new IllegalArgumentException(
          "A route's URI must be http(s)://host:port, stork(s)://host:port,host:port or"
              + " stork(s)://name, not "
              + text);
    }
    return address;
  }

  private static Optional<Tls> tls(Config node) {
    return file(node.get("certificate"))
        .map(
            certificate ->
                new Tls(
                    certificate,
                    Path.of(node.get("key").asString().get()),
                    duration(node.get("refresh"))));
  }

  private static int threads(Config node) {
    int set = node.asInt().get();
    return set > 0 ? set : Runtime.getRuntime().availableProcessors();
  }

  private static Optional<Path> file(Config node) {
    return node.asString().filter(name -> !name.isEmpty()).map(Path::of);
  }

  private static Cors cors(Config node) {
    return new Cors(
        Set.copyOf(list(node.get("origins"))),
        list(node.get("methods")),
        list(node.get("headers")),
        list(node.get("exposed")),
        duration(node.get("max-age")));
  }

  private static Limits limits(Config node) {
    return new Limits(
        quota(node.get("client")),
        quota(node.get("account")),
        quota(node.get("sign-in")),
        Set.copyOf(list(node.get("sign-in.paths"))),
        node.get("remembered").asInt().get());
  }

  private static Quota quota(Config node) {
    return new Quota(node.get("requests").asLong().get(), duration(node.get("window")));
  }

  private static List<String> list(Config node) {
    return node.asString().map(text -> List.of(text.split(","))).orElse(List.of()).stream()
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** Paths, in which an asterisk stands for any one segment. */
  private static Pattern paths(List<String> templates) {
    return Pattern.compile(
        templates.stream()
            .map(template -> Pattern.quote(template).replace("*", "\\E[^/]+\\Q"))
            .collect(Collectors.joining("|")));
  }

  private static Duration duration(Config node) {
    return Duration.parse(node.asString().get());
  }

  private static Map<String, String> overrides(Map<String, String> environment) {
    var overrides = new HashMap<String, String>();
    for (var key : defaults().stringPropertyNames()) {
      var value = environment.get(variable(key));
      if (value != null) {
        overrides.put(key, value);
      }
    }
    return overrides;
  }

  private static String variable(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
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
