package emporion.chassis.helidon;

import emporion.chassis.discovery.Registration;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashMap;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Registers this instance where settings say so, and takes it back before the server stops. */
@ApplicationScoped
public class OwnInstance {
  /** Before connections are closed one after the other: nobody is to come any more. */
  private static final int FIRST = -2;

  private Config config;
  private Optional<Registration> registration = Optional.empty();

  OwnInstance() {}

  @Inject
  OwnInstance(Config config) {
    this.config = config;
  }

  void start(
      @Observes Startup start,
      @ConfigProperty(name = "emporion.service") String service,
      @ConfigProperty(name = "server.port") int port,
      @ConfigProperty(name = "emporion.grpc.port") Optional<Integer> grpc,
      @ConfigProperty(name = "management.host") String host,
      @ConfigProperty(name = "management.port") int management) {
    var ports = new HashMap<String, Integer>();
    ports.put(service, port);
    grpc.ifPresent(other -> ports.put(service + "-grpc", other));
    var readiness =
        URI.create(
            "http://"
                + (host.equals("0.0.0.0") ? "127.0.0.1" : host)
                + ":"
                + management
                + "/health/ready");
    registration =
        Registration.start(
            new Registration.Self(ports, Registration.version(), readiness),
            name -> config.getOptionalValue(name, String.class));
  }

  void end(@Observes @Priority(FIRST) @BeforeDestroyed(ApplicationScoped.class) Object stop) {
    registration.ifPresent(Registration::close);
  }
}
