package emporion.chassis.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive means that everything that a service does by itself is still being done. */
@Liveness
@ApplicationScoped
public class WorkersCheck implements HealthCheck {
  private Workers workers;

  WorkersCheck() {}

  @Inject
  WorkersCheck(Workers workers) {
    this.workers = workers;
  }

  @Override
  public HealthCheckResponse call() {
    var dead = workers.dead();
    var response = HealthCheckResponse.named("workers").status(dead.isEmpty());
    return dead.isEmpty()
        ? response.build()
        : response.withData("dead", String.join(" ", dead)).build();
  }
}
