package emporion.chassis.helidon;

import io.helidon.common.Weighted;
import io.helidon.http.HeaderValues;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.spi.ServerFeature;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/**
 * Ends every connection with the request under way once the service has been asked to stop (RFC
 * 9112, section 9.6).
 *
 * <p>Helidon 4.1.2 serves connections that stay busy until its grace period ends, and interrupts
 * what is under way then: such a request is answered by 500, or by an empty 200.
 */
@ApplicationScoped
public class Connections {
  /** The metrics' filter keeps every exception to itself, so this one stands around it. */
  private static final double AROUND_METRICS = 2_000;

  /** The server begins to stop at {@code PLATFORM_BEFORE}, which is 0. */
  private static final int BEFORE_THE_SERVER = -1;

  private static volatile boolean leaving;

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object start, ServerCdiExtension server) {
    server.addFeature(new Closing());
  }

  void leave(
      @Observes @Priority(BEFORE_THE_SERVER) @BeforeDestroyed(ApplicationScoped.class)
          Object stop) {
    leaving = true;
  }

  private static void close(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (leaving) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    chain.proceed();
    if (leaving) {
      throw new CloseConnectionException("The service stops");
    }
  }

  private static final class Closing implements ServerFeature, Weighted {
    @Override
    public void setup(ServerFeatureContext context) {
      context.socket(WebServer.DEFAULT_SOCKET_NAME).httpRouting().addFeature(new Filter());
    }

    @Override
    public String name() {
      return "connections";
    }

    @Override
    public String type() {
      return name();
    }

    @Override
    public double weight() {
      return AROUND_METRICS;
    }
  }

  private static final class Filter implements HttpFeature, Weighted {
    @Override
    public void setup(HttpRouting.Builder routing) {
      routing.addFilter(Connections::close);
    }

    @Override
    public double weight() {
      return AROUND_METRICS;
    }
  }
}
