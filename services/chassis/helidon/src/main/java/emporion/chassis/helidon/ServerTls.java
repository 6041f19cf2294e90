package emporion.chassis.helidon;

import emporion.chassis.tls.ServerCertificate;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Says in the runtime's words that the server of a service proves itself by the {@link
 * RenewedCertificate}, where there is one. The port for operators stays as it is: who probes it
 * does not check names.
 */
public final class ServerTls implements ConfigSource {
  private static final int BELOW_EVERYTHING = 80;
  private static final String MANAGER = "server.tls.manager." + RenewedCertificate.NAME + ".type";

  private final Map<String, String> settings =
      ServerCertificate.ofProcess()
          .map(own -> Map.of(MANAGER, RenewedCertificate.NAME))
          .orElse(Map.of());

  @Override
  public Set<String> getPropertyNames() {
    return settings.keySet();
  }

  @Override
  public String getValue(String name) {
    return settings.get(name);
  }

  @Override
  public String getName() {
    return "TLS of the server";
  }

  @Override
  public int getOrdinal() {
    return BELOW_EVERYTHING;
  }
}
