package emporion.chassis.jose;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The token of the present request, for whoever injects {@code JsonWebToken}. Without one it has no
 * name, no claims and no groups (MicroProfile JWT 2.1, section 7.1.2).
 *
 * <p>A request is answered by one thread, so that a bean of the request's scope, which would cost
 * each request some microseconds, is not needed. A thread that somebody else starts has no token.
 */
@ApplicationScoped
@Typed({JsonWebToken.class, RequestToken.class})
public class RequestToken implements JsonWebToken {
  private final ThreadLocal<VerifiedToken> current = new ThreadLocal<>();

  void begin(VerifiedToken token) {
    current.set(token);
  }

  void end() {
    current.remove();
  }

  @Override
  public String getName() {
    return token().map(VerifiedToken::getName).orElse(null);
  }

  @Override
  public Set<String> getGroups() {
    return token().map(VerifiedToken::getGroups).orElse(Set.of());
  }

  @Override
  public Set<String> getClaimNames() {
    return token().map(VerifiedToken::getClaimNames).orElse(Set.of());
  }

  @Override
  public <T> T getClaim(String claim) {
    return token().map(token -> token.<T>getClaim(claim)).orElse(null);
  }

  private Optional<VerifiedToken> token() {
    return Optional.ofNullable(current.get());
  }
}
