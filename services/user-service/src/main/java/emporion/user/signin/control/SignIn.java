package emporion.user.signin.control;

import emporion.chassis.problem.Problem;
import emporion.user.accounts.control.Accounts;
import emporion.user.accounts.entity.User;
import emporion.user.adapter.Guesses;
import emporion.user.adapter.Passwords;
import emporion.user.adapter.TokenSigner;
import emporion.user.keys.control.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Exchanges credentials for tokens. Empty means no, and never says why. */
@ApplicationScoped
public class SignIn {
  private static final Pattern CLIENT = Pattern.compile("[a-z][a-z-]{1,40}");

  private Accounts accounts;
  private Passwords passwords;
  private Guesses guesses;
  private RefreshTokens refreshTokens;
  private KeyRing keys;
  private TokenSigner signer;
  private Config settings;

  SignIn() {}

  @Inject
  SignIn(
      Accounts accounts,
      Passwords passwords,
      Guesses guesses,
      RefreshTokens refreshTokens,
      KeyRing keys,
      TokenSigner signer,
      Config settings) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.guesses = guesses;
    this.refreshTokens = refreshTokens;
    this.keys = keys;
    this.signer = signer;
    this.settings = settings;
  }

  /**
   * The password grant (RFC 6749, section 4.3).
   *
   * @param origin the address of whoever asks
   * @throws Problem 429 after too many wrong passwords for the name, whether or not it exists
   */
  public Optional<Tokens> byPassword(String username, String password, String origin) {
    var user = accounts.named(username);
    guesses.demand(
        username,
        origin,
        () -> user.filter(who -> refreshTokens.knows(who.id(), origin)).isPresent());
    var hash = user.filter(User::active).flatMap(User::passwordHash);
    if (hash.isEmpty()) {
      passwords.matchNobody(password);
    }
    if (hash.isEmpty() || !passwords.matches(password, hash.get())) {
      guesses.count(username, origin);
      return Optional.empty();
    }
    renew(user.get(), hash.get(), password);
    return user.map(who -> tokens(who, refreshTokens.issue(who.id(), origin)));
  }

  /** Hashes again what was hashed with other parameters than those that count now. */
  private void renew(User user, String hash, String password) {
    if (passwords.outdated(hash)) {
      accounts.rehash(user.id(), hash, passwords.hash(password));
    }
  }

  /** The refresh grant (RFC 6749, section 6), with rotation. */
  public Optional<Tokens> byRefreshToken(String token) {
    return refreshTokens
        .rotate(token)
        .flatMap(
            rotation ->
                accounts
                    .find(rotation.userId())
                    .filter(User::active)
                    .map(user -> tokens(user, rotation.successor())));
  }

  /** Ends a session: its refresh token and all that came and would come of it (RFC 7009). */
  public void end(String refreshToken) {
    refreshTokens.revoke(refreshToken);
  }

  /** The client credentials grant (RFC 6749, section 4.4), for services. */
  public Optional<Tokens> byClient(String id, String secret) {
    if (!CLIENT.matcher(id).matches()) {
      return Optional.empty();
    }
    return settings
        .getOptionalValue("emporion.clients." + id + ".secret", String.class)
        .filter(known -> same(known, secret))
        .map(
            known ->
                new Tokens(signer.sign(keys.signing(), id, id, Set.of("service")), expiry(), null));
  }

  private static boolean same(String known, String given) {
    return MessageDigest.isEqual(
        known.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private Tokens tokens(User user, String refreshToken) {
    var access =
        signer.sign(keys.signing(), user.id().toString(), user.username(), user.role().groups());
    return new Tokens(access, expiry(), refreshToken);
  }

  private long expiry() {
    return signer.lifetime().toSeconds();
  }

  /**
   * What the caller gets.
   *
   * @param expiresIn seconds
   * @param refresh null for services
   */
  public record Tokens(String access, long expiresIn, String refresh) {
    @Override
    public String toString() {
      return "tokens for " + expiresIn + " s";
    }
  }
}
