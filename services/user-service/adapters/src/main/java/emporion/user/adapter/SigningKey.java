package emporion.user.adapter;

/**
 * A key pair that signs tokens.
 *
 * @param kid its name, the thumbprint of RFC 7638
 * @param jwk the private key as JWK (RFC 7517); a secret
 */
public record SigningKey(String kid, String jwk) {
  @Override
  public String toString() {
    return kid;
  }
}
