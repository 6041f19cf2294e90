package emporion.gateway;

import emporion.chassis.jose.TokenVerifier;
import emporion.chassis.jose.VerifiedToken;
import emporion.chassis.problem.Problem;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns away bad bearer tokens before they cost a service anything. Who may do what is not decided
 * here: requests without a token pass, and each service checks for itself.
 */
final class Tokens {
  private static final String BEARER = "Bearer";

  private final TokenVerifier verifier;
  private final List<String> tokenless;

  /**
   * A check.
   *
   * @param tokenless prefixes of paths where nobody looks at a bearer token
   */
  Tokens(TokenVerifier verifier, List<String> tokenless) {
    this.verifier = verifier;
    this.tokenless = tokenless;
  }

  /**
   * Lets a request pass that has no bearer token or a valid one. One that is known is answered for
   * at once; another one may cost a call to the issuer, and is checked by a thread of its own.
   *
   * @param passed gets the subject of a token, on the loop
   * @param refused gets a 503 while the issuer's keys can't be had, or a 401, on the loop
   * @throws Problem 401 for a bad token
   */
  void check(
      HttpHeaders headers,
      String path,
      EventLoop loop,
      Consumer<Optional<String>> passed,
      Consumer<Problem> refused) {
    var bearer = tokenless(path) ? Optional.<String>empty() : bearer(headers);
    if (bearer.isEmpty()) {
      passed.accept(Optional.empty());
      return;
    }
    var known = verifier.remembered(bearer.get());
    if (known.isPresent()) {
      passed.accept(known.map(Tokens::subject));
    } else {
      Thread.startVirtualThread(() -> verify(bearer.get(), loop, passed, refused));
    }
  }

  private void verify(
      String token, EventLoop loop, Consumer<Optional<String>> passed, Consumer<Problem> refused) {
    try {
      var subject = Optional.of(subject(verifier.verify(token)));
      loop.execute(() -> passed.accept(subject));
    } catch (Problem problem) {
      loop.execute(() -> refused.accept(problem));
    } catch (RuntimeException defect) {
      loop.execute(() -> refused.accept(ErrorResponse.internal()));
      throw defect;
    }
  }

  private static String subject(VerifiedToken token) {
    return token.getClaim("sub");
  }

  private boolean tokenless(String path) {
    return tokenless.stream().anyMatch(prefix -> RouteTable.covers(prefix, path));
  }

  private static Optional<String> bearer(HttpHeaders headers) {
    var authorization = headers.getAll(HttpHeaderNames.AUTHORIZATION);
    if (authorization.isEmpty()) {
      return Optional.empty();
    }
    if (authorization.size() != 1) {
      throw Problem.unauthenticated();
    }
    var credentials = authorization.getFirst();
    return isBearer(credentials)
        ? Optional.of(credentials.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private static boolean isBearer(String credentials) {
    int end = BEARER.length();
    return credentials.regionMatches(true, 0, BEARER, 0, end)
        && (credentials.length() == end || credentials.charAt(end) == ' ');
  }
}
