package emporion.chassis.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.health.HealthStatus;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import emporion.chassis.problem.Problem;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Verifies access tokens (RFC 9068 in spirit, RFC 7519 in letter) against an issuer's published
 * keys: RS256 and nothing else, exact issuer and audience, not expired, not before its time. A
 * token's own hints at keys ({@code jku}, {@code x5u}, {@code jwk}) are never followed.
 *
 * <p>A verified token is remembered until it expires, so that the signature costs nothing from the
 * second request on. Safe for use by many threads.
 */
public final class TokenVerifier {
  private static final int REMEMBERED_TOKENS = 20_000;
  private static final int MAX_TOKEN_LENGTH = 8_192;
  private static final Duration RETRY_KEYS = Duration.ofSeconds(2);

  /** RFC 9068, section 2.1. */
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final ClaimNames names;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final Cache<String, VerifiedToken> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED_TOKENS).build();

  /** Whether keys were ever had: only then is a key that is not among them nobody's. */
  private volatile boolean keysRead;

  /**
   * A verifier that fetches keys when it first needs them and again when an unknown one is named.
   *
   * @param jwks where the issuer publishes its keys (RFC 7517)
   * @param issuer the only accepted {@code iss}
   * @param audience must be among the token's {@code aud}
   */
  public TokenVerifier(URI jwks, String issuer, String audience) {
    this(jwks, issuer, audience, ClaimNames.STANDARD);
  }

  /**
   * The same for an issuer that names its claims otherwise.
   *
   * @param jwks where the issuer publishes its keys (RFC 7517)
   * @param issuer the only accepted {@code iss}
   * @param audience must be among the token's {@code aud}
   */
  public TokenVerifier(URI jwks, String issuer, String audience, ClaimNames names) {
    this.names = names;
    var keys = keys(jwks);
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
    claims.setMaxClockSkew(5);
    processor.setJWTClaimsSetVerifier(claims);
  }

  private JWKSource<SecurityContext> keys(URI jwks) {
    try {
      return JWKSourceBuilder.<SecurityContext>create(jwks.toURL())
          .cache(Duration.ofMinutes(10).toMillis(), Duration.ofSeconds(5).toMillis())
          .healthReporting(report -> keysRead |= report.getHealthStatus() == HealthStatus.HEALTHY)
          .rateLimited(Duration.ofSeconds(5).toMillis())
          .outageTolerant(Duration.ofHours(4).toMillis())
          .retrying(true)
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("Not a URL of a JWKS document: " + jwks, e);
    }
  }

  /**
   * The claims of a token whose signature, issuer, audience and time hold.
   *
   * @param compact the token as it stands behind {@code Bearer}
   * @throws Problem 401 for a token that does not hold; 503 while the issuer's keys can't be had
   */
  public VerifiedToken verify(String compact) {
    if (compact.length() > MAX_TOKEN_LENGTH) {
      throw Problem.unauthenticated();
    }
    var known = verified.getIfPresent(compact);
    if (known == null) {
      known = check(compact);
      verified.put(compact, known);
    } else if (known.expiredAt(Instant.now().getEpochSecond())) {
      verified.invalidate(compact);
      throw Problem.unauthenticated();
    }
    return known;
  }

  private VerifiedToken check(String compact) {
    try {
      return new VerifiedToken(compact, processor.process(compact, null), names);
    } catch (ParseException | BadJOSEException e) {
      throw Problem.unauthenticated();
    } catch (RateLimitReachedException e) {
      throw keysRead ? Problem.unauthenticated() : keysMissing();
    } catch (KeySourceException e) {
      throw keysMissing();
    } catch (JOSEException e) {
      throw Problem.unauthenticated();
    }
  }

  private static Problem keysMissing() {
    return Problem.unavailable("The issuer's keys can't be read right now.", RETRY_KEYS);
  }
}
