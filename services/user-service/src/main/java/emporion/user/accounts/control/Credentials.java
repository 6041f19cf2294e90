package emporion.user.accounts.control;

import emporion.user.accounts.entity.User;
import emporion.user.adapter.LoginThrottle;
import emporion.user.adapter.Passwords;
import emporion.user.adapter.Passwords.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Passwords of those who are known already, by a token or by a link. */
@ApplicationScoped
public class Credentials {
  /** In place of an address, where the caller has a token already. */
  private static final String SIGNED_IN = "signed in";

  private Passwords passwords;
  private PasswordRules rules;
  private LoginThrottle throttle;

  Credentials() {}

  @Inject
  Credentials(Passwords passwords, PasswordRules rules, LoginThrottle throttle) {
    this.passwords = passwords;
    this.rules = rules;
    this.throttle = throttle;
  }

  /**
   * The hash of a new password; null for null.
   *
   * @throws WeakPassword where it is too easily guessed
   */
  public String hash(String password, String username, String email) {
    if (password == null) {
      return null;
    }
    rules.demand(password, username, email);
    return passwords.hash(password);
  }

  /**
   * Whether the password in force was said; there is none to say where the account has none. A
   * stolen token is no way to guess it either.
   *
   * @param said null where it was not said
   * @param needed whether it has to be
   * @throws WrongPassword where it is another, or missing
   */
  public boolean proven(User user, String said, boolean needed) {
    var known = user.passwordHash();
    if (known.isEmpty() || said == null && !needed) {
      return false;
    }
    throttle.demand(User.key(user.username()), SIGNED_IN, () -> true);
    if (said == null || passwords.check(said, known.get()) == Verdict.WRONG) {
      throttle.count(User.key(user.username()), SIGNED_IN);
      throw new WrongPassword();
    }
    return true;
  }
}
