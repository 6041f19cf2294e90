package emporion.notification.adapter;

import emporion.notification.messages.entity.Letter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the links by which a new password is set, when a mail leaves: what is kept of it has a mark
 * in their place, so that the database of this service lets nobody in. A link ends in the request's
 * id and, after a dot, its HMAC-SHA-256 (RFC 2104) in base64url, with the key that user-service has
 * too; it stands behind a #, which browsers send to nobody.
 */
@ApplicationScoped
public class ResetLinks {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String MARK = "urn:emporion:reset:";
  private static final Pattern MARKS = Pattern.compile(MARK + "([0-9a-f-]{36})");

  private Optional<String> key = Optional.empty();
  private String page;

  ResetLinks() {}

  @Inject
  ResetLinks(
      @ConfigProperty(name = "emporion.reset.key") Optional<String> key,
      @ConfigProperty(name = "emporion.shop.uri") String shopUri) {
    this.key = key.filter(given -> !given.isBlank());
    page = shopUri + "#/reset/";
  }

  /** What stands for the link until the mail leaves. */
  public static String mark(UUID resetId) {
    return MARK + resetId;
  }

  /**
   * The letter as it leaves.
   *
   * @throws IllegalStateException for a letter with a link where no key is set
   */
  public Letter fill(Letter letter) {
    UnaryOperator<String> filled = text -> MARKS.matcher(text).replaceAll(this::link);
    return new Letter(letter.subject(), filled.apply(letter.text()), filled.apply(letter.html()));
  }

  private String link(MatchResult mark) {
    var id = mark.group(1);
    return page + id + "." + sign(id);
  }

  private String sign(String id) {
    var secret = key.orElseThrow(() -> new IllegalStateException("emporion.reset.key is not set"));
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      var signature = mac.doFinal(id.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
    }
  }
}
