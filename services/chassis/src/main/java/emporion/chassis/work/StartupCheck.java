package emporion.chassis.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Started means that the schema is the newest and the workers begin: from here on Kubernetes asks
 * for liveness instead, and is as patient as with a running service.
 */
@Startup
@ApplicationScoped
public class StartupCheck implements HealthCheck {
  private volatile boolean started;

  void begin(@Observes jakarta.enterprise.event.Startup start) {
    started = true;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("start").status(started).build();
  }
}
