package emporion.notification.messages.control;

import emporion.chassis.security.SignedIds;
import emporion.notification.messages.entity.Letter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the links by which a new password is set, when a mail leaves: what is kept of it has a mark
 * in their place, so that the database of this service lets nobody in. The request's id is signed
 * with the key that user-service has too, and stands behind a #, which browsers send to nobody.
 */
@ApplicationScoped
class ResetLinks {
  private static final String MARK = "urn:emporion:reset:";
  private static final Pattern MARKS = Pattern.compile(MARK + "([0-9a-f-]{36})");

  private Optional<SignedIds> ids = Optional.empty();
  private String page;

  ResetLinks() {}

  @Inject
  ResetLinks(
      @ConfigProperty(name = "emporion.reset.key") Optional<String> key,
      @ConfigProperty(name = "emporion.shop.uri") String shopUri) {
    ids = key.map(SignedIds::new);
    page = shopUri + "#/reset/";
  }

  /** What stands for the link until the mail leaves. */
  static String mark(UUID resetId) {
    return MARK + resetId;
  }

  /**
   * The letter as it leaves.
   *
   * @throws IllegalStateException for a letter with a link where no key is set
   */
  Letter fill(Letter letter) {
    UnaryOperator<String> filled = text -> MARKS.matcher(text).replaceAll(this::link);
    return new Letter(letter.subject(), filled.apply(letter.text()), filled.apply(letter.html()));
  }

  private String link(MatchResult mark) {
    return page
        + ids.orElseThrow(() -> new IllegalStateException("emporion.reset.key is not set"))
            .sign(UUID.fromString(mark.group(1)));
  }
}
