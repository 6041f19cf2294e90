package emporion.gateway;

import emporion.chassis.problem.Problem;
import emporion.chassis.security.TokenVerifier;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Optional;

/**
 * Turns away bad bearer tokens before they cost a service anything. Who may do what is not decided
 * here: requests without a token pass, and each service checks for itself.
 */
final class Tokens {
  private static final String BEARER = "Bearer";

  private final TokenVerifier verifier;

  Tokens(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Lets a request pass that has no bearer token or a valid one.
   *
   * @return the subject of a token
   * @throws Problem 401 for a bad token, 503 while the issuer's keys can't be had
   */
  Optional<String> check(Headers headers) {
    if (!headers.contains(HeaderNames.AUTHORIZATION)) {
      return Optional.empty();
    }
    var authorization = headers.get(HeaderNames.AUTHORIZATION);
    if (authorization.valueCount() != 1) {
      throw Problem.unauthenticated();
    }
    var credentials = authorization.get();
    if (!isBearer(credentials)) {
      return Optional.empty();
    }
    var token = verifier.verify(credentials.substring(BEARER.length()).strip());
    return Optional.of(token.getClaim("sub"));
  }

  private static boolean isBearer(String credentials) {
    int end = BEARER.length();
    return credentials.regionMatches(true, 0, BEARER, 0, end)
        && (credentials.length() == end || credentials.charAt(end) == ' ');
  }
}
