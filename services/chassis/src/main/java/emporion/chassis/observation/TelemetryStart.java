package emporion.chassis.observation;

import emporion.chassis.telemetry.Telemetry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Begins to record traces before anything else works, where the settings say so. */
@ApplicationScoped
public class TelemetryStart {
  private static final String SETTINGS = "otel.";

  @Inject private Config config;

  void start(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object start) {
    var settings =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> name.startsWith(SETTINGS))
            .collect(Collectors.toMap(name -> name, name -> config.getValue(name, String.class)));
    Telemetry.start(config.getValue("emporion.service", String.class), settings);
  }
}
