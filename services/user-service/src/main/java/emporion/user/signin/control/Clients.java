package emporion.user.signin.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The clients with a secret, each a setting {@code emporion.clients.<id>.secret}: the services. */
@ApplicationScoped
public class Clients {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,40}");

  private Config settings;

  Clients() {}

  @Inject
  Clients(Config settings) {
    this.settings = settings;
  }

  /** Whether there is a client of this name, which has to show its secret. */
  public boolean known(String id) {
    return secret(id).isPresent();
  }

  /** Whether this is the client's secret. */
  public boolean authenticate(String id, String secret) {
    return secret(id).filter(known -> same(known, secret)).isPresent();
  }

  private Optional<String> secret(String id) {
    return ID.matcher(id).matches()
        ? settings.getOptionalValue("emporion.clients." + id + ".secret", String.class)
        : Optional.empty();
  }

  private static boolean same(String known, String given) {
    return MessageDigest.isEqual(
        known.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
