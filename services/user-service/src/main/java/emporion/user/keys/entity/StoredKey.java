package emporion.user.keys.entity;

import emporion.user.adapter.SigningKey;
import java.time.Instant;

/**
 * A key pair of the issuer.
 *
 * @param signsFrom until then it is published only
 */
public record StoredKey(SigningKey pair, Instant createdAt, Instant signsFrom) {

  /** The name under which it is published. */
  public String kid() {
    return pair.kid();
  }

  @Override
  public String toString() {
    return kid();
  }
}
