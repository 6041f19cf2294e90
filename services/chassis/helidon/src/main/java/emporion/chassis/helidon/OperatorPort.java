package emporion.chassis.helidon;

import emporion.chassis.metrics.ProcessMetrics;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/** Serves a service's {@link OperatorRoutes}, and has all that is measured told there. */
@ApplicationScoped
public class OperatorPort {

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object start, ServerCdiExtension server) {
    ProcessMetrics.own().registry().register(new MicroProfileMeters());
    server.addFeature(new OperatorRoutes("management"));
  }
}
