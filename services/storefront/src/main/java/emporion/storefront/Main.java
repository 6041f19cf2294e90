package emporion.storefront;

import emporion.chassis.helidon.OperatorRoutes;
import emporion.chassis.logging.LogLines;
import io.helidon.config.Config;
import io.helidon.logging.common.LogConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.util.List;

/**
 * Serves the shop's pages on {@code server.port}, and its health and metrics to operators on {@code
 * management.port}.
 */
public final class Main {

  static final String MANAGEMENT = "management";

  private Main() {}

  /** Starts the server and returns; its threads keep the process until it is asked to stop. */
  public static void main(String[] args) {
    LogLines.takeOver();
    LogConfig.configureRuntime();
    server(Config.create()).start();
  }

  /** The server as set by {@code server.*}, not yet started. */
  static WebServer server(Config config) {
    return WebServer.builder()
        .config(config.get("server"))
        .featuresDiscoverServices(false)
        .addFeature(observation())
        .addFeature(new OperatorRoutes(MANAGEMENT))
        .routing(
            routing ->
                routing
                    .addFilter(new Observation())
                    .addFilter(new BrowserRules())
                    .any(new Pages(Site.packed())))
        .build();
  }

  private static ObserveFeature observation() {
    return ObserveFeature.builder()
        .endpoint("/")
        .sockets(List.of(MANAGEMENT))
        .observersDiscoverServices(false)
        .addObserver(HealthObserver.builder().details(true).build())
        .build();
  }
}
