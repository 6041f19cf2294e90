package emporion.chassis.jose;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Typed;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The token of the present request, for whoever injects {@code JsonWebToken}. Without one it has no
 * name, no claims and no groups (MicroProfile JWT 2.1, section 7.1.2).
 */
@RequestScoped
@Typed({JsonWebToken.class, RequestToken.class})
public class RequestToken implements JsonWebToken {
  private JsonWebToken verified;

  void is(VerifiedToken token) {
    verified = token;
  }

  @Override
  public String getName() {
    return verified == null ? null : verified.getName();
  }

  @Override
  public Set<String> getGroups() {
    return verified == null ? Set.of() : verified.getGroups();
  }

  @Override
  public Set<String> getClaimNames() {
    return verified == null ? Set.of() : verified.getClaimNames();
  }

  @Override
  public <T> T getClaim(String claim) {
    return verified == null ? null : verified.getClaim(claim);
  }
}
