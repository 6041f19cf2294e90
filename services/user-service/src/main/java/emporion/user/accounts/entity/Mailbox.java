package emporion.user.accounts.entity;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address that a mail server can be given: a {@code Mailbox} of RFC 5321, section 4.1.2,
 * without quoting and with a domain's name. The domain may have other letters than ASCII's, which
 * IDNA writes in ASCII; so may the part before it, for servers that have SMTPUTF8 (RFC 6531).
 *
 * @param local what stands before the @, composed (NFC)
 * @param domain in ASCII and lower case
 */
public record Mailbox(String local, String domain) {
  private static final int MAX_LOCAL_OCTETS = 64;
  private static final int MAX_OCTETS = 254;
  private static final String ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern LOCAL = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");

  /** The last label of a name is never a number: four of them are an address of IPv4. */
  private static final Pattern DOMAIN = Pattern.compile("(?:" + LABEL + "\\.)*(?![0-9]+$)" + LABEL);

  /** The two versions of IDNA take these for different domains, which may have other owners. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[ßς\\u200C\\u200D]");

  /** The address that a text is; empty for one that no mail can go to. */
  public static Optional<Mailbox> of(String text) {
    var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    int at = composed.lastIndexOf('@');
    if (at < 0) {
      return Optional.empty();
    }
    var local = composed.substring(0, at);
    return ascii(composed.substring(at + 1))
        .map(domain -> new Mailbox(local, domain))
        .filter(Mailbox::isWellFormed);
  }

  private static Optional<String> ascii(String domain) {
    try {
      return AMBIGUOUS.matcher(domain).find()
          ? Optional.empty()
          : Optional.of(IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isWellFormed() {
    return LOCAL.matcher(local).matches()
        && DOMAIN.matcher(domain).matches()
        && octets(local) <= MAX_LOCAL_OCTETS
        && octets(local) + 1 + domain.length() <= MAX_OCTETS;
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Whether only a mail server that has SMTPUTF8 can take it. */
  public boolean needsSmtpUtf8() {
    return octets(local) != local.length();
  }

  /**
   * The form in which addresses are compared: without case, and with one spelling of the domain.
   */
  static String key(String text) {
    return of(text)
        .map(box -> User.key(box.local) + "@" + box.domain)
        .orElseGet(() -> User.key(text));
  }
}
