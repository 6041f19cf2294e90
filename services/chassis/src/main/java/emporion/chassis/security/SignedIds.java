package emporion.chassis.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ids that nobody can make up: the id and, after a dot, its HMAC-SHA-256 (RFC 2104) in base64url.
 * Whoever has the key makes the same text of an id at any time, so that it need not be kept.
 */
public final class SignedIds {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST_KEY = 32;
  private static final int ID_LENGTH = 36;

  private final SecretKeySpec key;

  /**
   * With a key of one's own.
   *
   * @param key at least 32 characters
   * @throws IllegalArgumentException for a shorter one
   */
  public SignedIds(String key) {
    if (key.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException("The key of signed ids is shorter than 32 characters");
    }
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The id with its signature; a secret. */
  public String sign(UUID id) {
    return id + "." + signature(id.toString());
  }

  /** The id that was signed; empty for a text that nobody with the key has made. */
  public Optional<UUID> verify(String signed) {
    if (signed.indexOf('.') != ID_LENGTH) {
      return Optional.empty();
    }
    var id = signed.substring(0, ID_LENGTH);
    boolean genuine =
        MessageDigest.isEqual(
            signature(id).getBytes(StandardCharsets.US_ASCII),
            signed.substring(ID_LENGTH + 1).getBytes(StandardCharsets.UTF_8));
    return genuine ? Optional.of(UUID.fromString(id)) : Optional.empty();
  }

  private String signature(String id) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      var bytes = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }
}
