package emporion.chassis.security;

import emporion.chassis.problem.Problem;
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
   * For {@code @RolesAllowed}: whoever has a token, whatever its roles (Jakarta Servlet 6.0,
   * section 13.8.1).
   */
  public static final String SIGNED_IN = "**";

  /**
   * The caller behind a request.
   *
   * @param token of the request, as it is injected
   * @throws Problem 401 for an anonymous request
   */
  public static Caller of(JsonWebToken token) {
    if (token.getSubject() == null) {
      throw Problem.unauthenticated();
    }
    return new Caller(token.getSubject(), token.getName(), token.getGroups());
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
