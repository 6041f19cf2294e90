package emporion.chassis.helidon;

import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/** Tells operators of a service's metrics by a {@link MetricsRoute}. */
@ApplicationScoped
public class MetricsText {

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object start, ServerCdiExtension server) {
    server.addFeature(new MetricsRoute("management"));
  }
}
