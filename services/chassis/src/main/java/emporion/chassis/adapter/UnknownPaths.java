package emporion.chassis.adapter;

import emporion.chassis.problem.Problem;
import io.helidon.common.Weighted;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.spi.ServerFeature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/**
 * Answers what neither a resource nor health and metrics know. The JAX-RS application is one route
 * of the server's and passes on what it can't match, so the last word is spoken outside of it.
 */
@ApplicationScoped
public class UnknownPaths {
  private static final double AFTER_HEALTH_AND_METRICS = 1;

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object start, ServerCdiExtension server) {
    server.addFeature(new LastRoute());
  }

  private static void refuse(ServerRequest request, ServerResponse response) {
    Refusals.send(Problem.notFound("path"), request, response);
  }

  private static final class LastRoute implements ServerFeature, Weighted {
    @Override
    public void setup(ServerFeatureContext context) {
      context.socket(WebServer.DEFAULT_SOCKET_NAME).httpRouting().any(UnknownPaths::refuse);
    }

    @Override
    public String name() {
      return "unknown-paths";
    }

    @Override
    public String type() {
      return name();
    }

    @Override
    public double weight() {
      return AFTER_HEALTH_AND_METRICS;
    }
  }
}
