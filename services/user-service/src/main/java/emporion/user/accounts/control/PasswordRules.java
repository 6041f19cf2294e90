package emporion.user.accounts.control;

import emporion.user.accounts.entity.User;
import emporion.user.adapter.CommonPasswords;
import emporion.user.adapter.Passwords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;

/**
 * Which passwords are too easily guessed (NIST SP 800-63B, section 5.1.1.2): those of which little
 * is left in their normal form, those known from breaches, and those made of the user's own name or
 * address or of the shop's. Nothing is asked of their composition.
 */
@ApplicationScoped
public class PasswordRules {
  private static final String SHOP = "emporion";
  private static final int SHORTEST = 8;

  /** Shorter words stand in many a good password by chance. */
  private static final int SHORTEST_WORD = 4;

  private CommonPasswords common;

  PasswordRules() {}

  @Inject
  PasswordRules(CommonPasswords common) {
    this.common = common;
  }

  /**
   * Lets a new password pass.
   *
   * @throws WeakPassword with the reason
   */
  public void demand(String password, String username, String email) {
    var normal = Passwords.normal(password);
    if (length(normal) < SHORTEST) {
      throw new WeakPassword("must have at least " + SHORTEST + " characters");
    }
    var key = normal.toLowerCase(Locale.ROOT);
    if (common.has(key)) {
      throw new WeakPassword("is known from breaches of other sites; choose another");
    }
    if (isMadeOf(key, username) || isMadeOf(key, mailbox(email)) || isMadeOf(key, SHOP)) {
      throw new WeakPassword("must not be made of your name, your address or the shop's");
    }
  }

  /** Where little but the word is left. */
  private static boolean isMadeOf(String password, String word) {
    var key = User.key(word);
    return length(key) >= SHORTEST_WORD
        && password.contains(key)
        && length(password) - length(key) < SHORTEST_WORD;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String mailbox(String email) {
    return email == null ? "" : email.substring(0, email.indexOf('@'));
  }
}
