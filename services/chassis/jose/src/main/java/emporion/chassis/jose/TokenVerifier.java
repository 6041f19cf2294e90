package emporion.chassis.jose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import emporion.chassis.problem.Problem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Verifies access tokens (RFC 9068 in spirit, RFC 7519 in letter) against an issuer's published
 * keys: RS256 and nothing else, exact issuer and audience, not expired, not before its time, and no
 * longer in force than the issuer lets any be. A token's own hints at keys ({@code jku}, {@code
 * x5u}, {@code jwk}) are never followed.
 *
 * <p>A verified token is remembered for half a minute, so that the signature costs next to nothing,
 * and no longer than its key is published. The keys are kept for twenty seconds: a revoked one is
 * refused within a minute. While the issuer can't be reached, the last ones count for four hours.
 * Safe for use by many threads.
 */
public final class TokenVerifier {
  private static final long REMEMBERED_CHARACTERS = 20_000_000;
  private static final int MAX_TOKEN_LENGTH = 8_192;
  private static final Duration REMEMBERED = Duration.ofSeconds(30);
  private static final Duration KEYS_KEPT = Duration.ofSeconds(20);
  private static final Duration KEYS_READ_AHEAD = Duration.ofSeconds(10);
  private static final Duration KEYS_WAIT = Duration.ofSeconds(5);
  private static final Duration OUTAGE = Duration.ofHours(4);
  private static final int FETCH_MILLIS = 1_000;
  private static final int MAX_KEYS_BYTES = 100_000;
  private static final int SKEW_SECONDS = 5;

  /** So far a clock of the issuer's may be ahead of this one when it signs. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final Duration RETRY_KEYS = Duration.ofSeconds(2);

  /** RFC 9068, section 2.1. */
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final ClaimNames names;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final Cache<String, VerifiedToken> verified =
      Caffeine.newBuilder()
          .expireAfterWrite(REMEMBERED)
          .maximumWeight(REMEMBERED_CHARACTERS)
          .weigher((String compact, VerifiedToken token) -> compact.length())
          .build();

  /** Whether keys were ever had: only then is a key that is not among them nobody's. */
  private volatile boolean keysRead;

  /**
   * A verifier that fetches keys when it first needs them and again when an unknown one is named.
   *
   * @param jwks where the issuer publishes its keys (RFC 7517)
   * @param issuer the only accepted {@code iss}
   * @param audience must be among the token's {@code aud}
   * @param longest from {@code iat} to {@code exp}, as the issuer sets it
   */
  public TokenVerifier(URI jwks, String issuer, String audience, Duration longest) {
    this(jwks, issuer, audience, longest, ClaimNames.STANDARD, Optional.empty());
  }

  /**
   * The same for an issuer that names its claims otherwise, or whose certificate not everybody
   * trusts.
   *
   * @param trust whom to believe that they are the issuer; empty for the system's authorities
   */
  public TokenVerifier(
      URI jwks,
      String issuer,
      String audience,
      Duration longest,
      ClaimNames names,
      Optional<SSLContext> trust) {
    this.names = names;
    var keys = keys(jwks, trust);
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWTClaimsSetVerifier(
        new Claims(
            audience, issuer, longest.plusSeconds(SKEW_SECONDS).toMillis(), AHEAD.toMillis()));
  }

  private JWKSource<SecurityContext> keys(URI jwks, Optional<SSLContext> trust) {
    var threads = Executors.newCachedThreadPool(Thread.ofVirtual().name("jwks-", 0).factory());
    return JWKSourceBuilder.create(new Published(jwks, trust))
        .cache(KEYS_KEPT.toMillis(), KEYS_WAIT.toMillis())
        .refreshAheadCache(KEYS_READ_AHEAD.toMillis(), null, threads, false, null, false)
        .healthReporting(report -> keysRead |= report.getHealthStatus() == HealthStatus.HEALTHY)
        .rateLimited(Duration.ofSeconds(5).toMillis())
        .outageTolerant(OUTAGE.toMillis())
        .retrying(true)
        .build();
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

  /**
   * A token that holds and that was verified before, without a call to the issuer; whatever else is
   * empty, and left to {@link #verify}.
   */
  public Optional<VerifiedToken> remembered(String compact) {
    if (compact.length() > MAX_TOKEN_LENGTH) {
      return Optional.empty();
    }
    return Optional.ofNullable(verified.getIfPresent(compact))
        .filter(known -> !known.expiredAt(Instant.now().getEpochSecond()));
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

  /** What the issuer publishes. When that changes, every token is verified anew. */
  private final class Published implements JWKSetSource<SecurityContext> {
    private final URLBasedJWKSetSource<SecurityContext> document;
    private volatile JWKSet last = new JWKSet();

    Published(URI jwks, Optional<SSLContext> trust) {
      try {
        document =
            new URLBasedJWKSetSource<>(
                jwks.toURL(),
                new DefaultResourceRetriever(
                    FETCH_MILLIS,
                    FETCH_MILLIS,
                    MAX_KEYS_BYTES,
                    true,
                    trust.map(SSLContext::getSocketFactory).orElse(null)));
      } catch (MalformedURLException | IllegalArgumentException e) {
        throw new IllegalArgumentException("Not a URL of a JWKS document: " + jwks, e);
      }
    }

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
        throws KeySourceException {
      var read = document.getJWKSet(evaluator, now, context);
      if (!read.equals(last)) {
        last = read;
        verified.invalidateAll();
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      document.close();
    }
  }

  /** Who it is for, by whom, and from when to when. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final long longestMillis;
    private final long aheadMillis;

    Claims(String audience, String issuer, long longestMillis, long aheadMillis) {
      super(
          audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp", "iat"));
      setMaxClockSkew(SKEW_SECONDS);
      this.longestMillis = longestMillis;
      this.aheadMillis = aheadMillis;
    }

    @Override
    public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
      super.verify(claims, context);
      long issued = claims.getIssueTime().getTime();
      if (issued > System.currentTimeMillis() + aheadMillis
          || claims.getExpirationTime().getTime() - issued > longestMillis) {
        throw new BadJWTException("In force for longer than the issuer's longest");
      }
    }
  }
}
