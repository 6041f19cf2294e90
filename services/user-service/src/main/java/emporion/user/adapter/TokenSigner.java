package emporion.user.adapter;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import emporion.user.keys.control.KeyBook;
import emporion.user.keys.control.KeyBook.StoredKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Signs access tokens with RS256 and publishes the keys that verify them (RFC 7517, RFC 7519). */
@ApplicationScoped
public class TokenSigner {
  private static final int KEY_BITS = 2_048;
  private static final Duration REREAD = Duration.ofSeconds(10);

  private KeyBook book;
  private String issuer;
  private String audience;
  private Duration lifetime;
  private volatile Keys keys = new Keys(List.of(), Instant.EPOCH);

  TokenSigner() {}

  @Inject
  TokenSigner(
      KeyBook book,
      @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
      @ConfigProperty(name = "mp.jwt.verify.audiences") String audience,
      @ConfigProperty(name = "emporion.token.lifetime") Duration lifetime) {
    this.book = book;
    this.issuer = issuer;
    this.audience = audience;
    this.lifetime = lifetime;
  }

  /** How long a token is valid. */
  public Duration lifetime() {
    return lifetime;
  }

  /** A signed token in compact form. */
  public String sign(String subject, String name, Set<String> groups) {
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .subject(subject)
            .claim("upn", name)
            .claim("groups", List.copyOf(groups))
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    try {
      var newest = keys().list().getLast();
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .keyID(newest.getKeyID())
              .type(JOSEObjectType.JWT)
              .build();
      var token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(newest));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key can't be used", e);
    }
  }

  /** The public halves of all keys, as a JWK set in JSON. */
  public String publicKeys() {
    return new JWKSet(keys().list().stream().<com.nimbusds.jose.jwk.JWK>map(k -> k).toList())
        .toString(true);
  }

  private Keys keys() {
    var held = keys;
    if (held.readAt.plus(REREAD).isBefore(Instant.now())) {
      held = new Keys(read(), Instant.now());
      keys = held;
    }
    return held;
  }

  private List<RSAKey> read() {
    var stored = book.all();
    if (stored.isEmpty()) {
      book.add(generate());
      stored = book.all();
    }
    return stored.stream().map(TokenSigner::parse).toList();
  }

  private static StoredKey generate() {
    try {
      var key =
          new RSAKeyGenerator(KEY_BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      return new StoredKey(key.getKeyID(), key.toJSONString());
    } catch (JOSEException e) {
      throw new IllegalStateException("No key could be made", e);
    }
  }

  private static RSAKey parse(StoredKey stored) {
    try {
      return RSAKey.parse(stored.jwk());
    } catch (ParseException e) {
      throw new IllegalStateException("Key " + stored.kid() + " can't be read", e);
    }
  }

  private record Keys(List<RSAKey> list, Instant readAt) {}
}
