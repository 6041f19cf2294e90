package emporion.chassis.clients;

import emporion.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * A service's own identity: an access token by the client credentials grant (RFC 6749, section
 * 4.4). It is renewed in the last minute of its life, while it still counts; only who has none that
 * counts waits, at most five seconds and until interrupted.
 */
@ApplicationScoped
public class ServiceToken {
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** The issuer is asked again so long after it did not answer, or answered what is refused. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Held NOTHING = new Held("", Instant.EPOCH, Instant.EPOCH);

  private final Lock lock = new ReentrantLock();
  private URI uri;
  private String id;
  private Optional<String> secret = Optional.empty();
  private volatile Held held = NOTHING;
  private CompletableFuture<Held> renewal = CompletableFuture.completedFuture(NOTHING);
  private Instant renewalBegan = Instant.EPOCH;
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
    var known = held;
    var now = Instant.now();
    if (now.isBefore(known.renewAt)) {
      return known.token;
    }
    var next = renewal();
    return now.isBefore(known.end) ? known.token : await(next).token;
  }

  /** A neighbour did not accept the token: its key may have been revoked, so another is got. */
  void refused(String token) {
    var known = held;
    if (known.token.equals(token)) {
      held = NOTHING;
    }
  }

  /** The one under way, or a new one; not sooner than a moment after the last one. */
  private CompletableFuture<Held> renewal() {
    lock.lock();
    try {
      var now = Instant.now();
      if (renewal.isDone() && renewalBegan.plus(PAUSE).isBefore(now)) {
        renewalBegan = now;
        renewal =
            CompletableFuture.supplyAsync(this::fetch, work -> Thread.ofVirtual().start(work));
      }
      return renewal;
    } finally {
      lock.unlock();
    }
  }

  private static Held await(Future<Held> renewal) {
    try {
      return renewal.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noAnswer();
    } catch (ExecutionException | TimeoutException e) {
      throw noAnswer();
    }
  }

  private static Problem noAnswer() {
    return Problem.unavailable("The token service does not answer.", RETRY);
  }

  private Held fetch() {
    var answer = endpoint().token(credentials());
    var end = Instant.now().plusSeconds(answer.expiresIn()).minus(SKEW);
    var fetched = new Held(answer.accessToken(), end.minus(MARGIN), end);
    held = fetched;
    return fetched;
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

  private record Held(String token, Instant renewAt, Instant end) {}

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
