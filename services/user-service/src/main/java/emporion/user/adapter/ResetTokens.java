package emporion.user.adapter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The secret in a link that lets a password be set: the request's id and, after a dot, its
 * HMAC-SHA-256 (RFC 2104) in base64url. notification-service makes it of the id when the mail
 * leaves, so that it stands in no event and in no database.
 */
@ApplicationScoped
public class ResetTokens {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST_KEY = 32;

  private Optional<SecretKeySpec> key = Optional.empty();

  ResetTokens() {}

  @Inject
  ResetTokens(@ConfigProperty(name = "emporion.reset.key") Optional<String> key) {
    this.key = key.filter(given -> !given.isBlank()).map(ResetTokens::key);
  }

  private static SecretKeySpec key(String given) {
    if (given.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException("emporion.reset.key is shorter than 32 characters");
    }
    return new SecretKeySpec(given.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** Whether there is a key: without one no link can be made. */
  public boolean possible() {
    return key.isPresent();
  }

  /** The id of the request that the token was made for; empty for one that nobody made. */
  public Optional<UUID> verify(String token) {
    int dot = token.indexOf('.');
    if (dot != 36 || key.isEmpty()) {
      return Optional.empty();
    }
    var id = token.substring(0, dot);
    boolean genuine =
        MessageDigest.isEqual(
            sign(id).getBytes(StandardCharsets.US_ASCII),
            token.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    return genuine ? Optional.of(UUID.fromString(id)) : Optional.empty();
  }

  private String sign(String id) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key.orElseThrow());
      var signature = mac.doFinal(id.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
    }
  }
}
