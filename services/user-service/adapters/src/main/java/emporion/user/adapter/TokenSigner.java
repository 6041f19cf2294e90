package emporion.user.adapter;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Signs access tokens with RS256 and shows the keys that verify them (RFC 7517, RFC 7519). */
@ApplicationScoped
public class TokenSigner {
  private final Map<String, RSASSASigner> signers = new ConcurrentHashMap<>();
  private String issuer;
  private String audience;
  private Duration lifetime;

  TokenSigner() {}

  @Inject
  TokenSigner(
      @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
      @ConfigProperty(name = "mp.jwt.verify.audiences") String audience,
      @ConfigProperty(name = "emporion.token.lifetime") Duration lifetime) {
    this.issuer = issuer;
    this.audience = audience;
    this.lifetime = lifetime;
  }

  /** How long a token is valid. */
  public Duration lifetime() {
    return lifetime;
  }

  /** A token in compact form, signed with the key. */
  public String sign(SigningKey key, String subject, String name, Set<String> groups) {
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
      // MicroProfile JWT demands the type JWT, so it is not RFC 9068's at+jwt.
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .keyID(key.kid())
              .type(JOSEObjectType.JWT)
              .build();
      var token = new SignedJWT(header, claims);
      token.sign(signers.computeIfAbsent(key.kid(), kid -> signer(key)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key can't be used", e);
    }
  }

  /** The public halves of keys, as a JWK set in JSON. */
  public String publicKeys(List<SigningKey> keys) {
    return new JWKSet(keys.stream().<JWK>map(TokenSigner::parse).toList()).toString(true);
  }

  private static RSASSASigner signer(SigningKey key) {
    try {
      return new RSASSASigner(parse(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("Key " + key.kid() + " can't sign", e);
    }
  }

  private static RSAKey parse(SigningKey stored) {
    try {
      return RSAKey.parse(stored.jwk());
    } catch (ParseException e) {
      throw new IllegalStateException("Key " + stored.kid() + " can't be read", e);
    }
  }
}
