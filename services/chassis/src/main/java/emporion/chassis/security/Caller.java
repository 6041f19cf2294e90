package emporion.chassis.security;

import emporion.chassis.problem.Problem;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The authenticated caller of a request.
 *
 * @param subject the token's {@code sub}: a user's id, or a service's name
 * @param username the token's {@code upn}
 * @param roles the token's {@code groups}
 */
public record Caller(String subject, String username, Set<String> roles) {

  /**
   * The caller behind a request.
   *
   * @throws Problem 401 for an anonymous request
   */
  public static Caller of(SecurityContext security) {
    if (security.getUserPrincipal() instanceof JsonWebToken token) {
      return new Caller(token.getSubject(), token.getName(), token.getGroups());
    }
    throw Problem.unauthenticated();
  }

  /**
   * The user's id.
   *
   * @throws Problem 403 where the caller is a service and not a user
   */
  public UUID userId() {
    try {
      return UUID.fromString(subject);
    } catch (IllegalArgumentException e) {
      throw Problem.forbidden();
    }
  }

  /** Whether the caller has at least one of the roles. */
  public boolean isAny(String... wanted) {
    for (var role : wanted) {
      if (roles.contains(role)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the caller is the user with this id. */
  public boolean is(UUID userId) {
    return subject.equals(userId.toString());
  }
}
