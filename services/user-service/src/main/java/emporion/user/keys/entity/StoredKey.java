package emporion.user.keys.entity;

import java.time.Instant;

/**
 * A key pair of the issuer.
 *
 * @param jwk the private key as JWK (RFC 7517); a secret
 * @param signsFrom until then it is published only
 */
public record StoredKey(String kid, String jwk, Instant createdAt, Instant signsFrom) {
  @Override
  public String toString() {
    return kid;
  }
}
