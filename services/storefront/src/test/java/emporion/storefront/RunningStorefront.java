package emporion.storefront;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.util.Map;

/** The real server on a free port. */
record RunningStorefront(WebServer server) implements AutoCloseable {

  static RunningStorefront start() {
    Config config =
        Config.builder()
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .addSource(ConfigSources.create(Map.of("server.port", "0", "management.port", "0")))
            .addSource(ConfigSources.classpath("application.properties"))
            .build();
    return new RunningStorefront(Main.server(config).start());
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** The same path for operators. */
  URI forOperators(String path) {
    return URI.create("http://127.0.0.1:" + server.port(Main.MANAGEMENT) + path);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
