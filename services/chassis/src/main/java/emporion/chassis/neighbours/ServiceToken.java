package emporion.chassis.neighbours;

import emporion.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * A service's own identity: an access token by the client credentials grant (RFC 6749, section
 * 4.4), kept until a minute before it expires.
 */
@ApplicationScoped
public class ServiceToken {
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final ReentrantLock renewal = new ReentrantLock();
  private URI uri;
  private String id;
  private Optional<String> secret = Optional.empty();
  private volatile Held held = new Held("", Instant.EPOCH);
  private TokenEndpoint endpoint;

  ServiceToken() {}

  @Inject
  ServiceToken(
      @ConfigProperty(name = "emporion.token.uri") URI issuer,
      @ConfigProperty(name = "emporion.token.path") String path,
      @ConfigProperty(name = "emporion.client.id") String id,
      @ConfigProperty(name = "emporion.client.secret") Optional<String> secret) {
    this.uri = URI.create(issuer.toString() + path);
    this.id = id;
    this.secret = secret;
  }

  /**
   * The token, renewed where needed.
   *
   * @throws Problem 503 where the issuer can't be reached or refuses this service
   */
  public String value() {
    var now = held;
    if (Instant.now().isBefore(now.renewAt)) {
      return now.token;
    }
    renewal.lock();
    try {
      if (!Instant.now().isBefore(held.renewAt)) {
        held = fetch();
      }
      return held.token;
    } finally {
      renewal.unlock();
    }
  }

  private Held fetch() {
    try {
      var answer = endpoint().token(credentials());
      return new Held(
          answer.accessToken(), Instant.now().plusSeconds(answer.expiresIn()).minus(MARGIN));
    } catch (ProcessingException | WebApplicationException e) {
      throw Problem.unavailable("The token service does not answer.", RETRY);
    }
  }

  private TokenEndpoint endpoint() {
    if (endpoint == null) {
      endpoint = RestClientBuilder.newBuilder().baseUri(uri).build(TokenEndpoint.class);
    }
    return endpoint;
  }

  private Form credentials() {
    return new Form()
        .param("grant_type", "client_credentials")
        .param("client_id", id)
        .param("client_secret", secret.orElse(""));
  }

  private record Held(String token, Instant renewAt) {}

  /** The issuer's answer (RFC 6749, section 5.1). */
  public record TokenAnswer(String accessToken, long expiresIn) {}

  /** The issuer's token endpoint. */
  @Path("")
  public interface TokenEndpoint {
    /** Exchanges credentials for a token. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    TokenAnswer token(Form credentials);
  }
}
