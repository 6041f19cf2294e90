package emporion.user.signin.control;

import emporion.user.accounts.control.Accounts;
import emporion.user.accounts.entity.User;
import emporion.user.adapter.LoginThrottle;
import emporion.user.adapter.Passwords;
import emporion.user.adapter.Passwords.Verdict;
import emporion.user.adapter.TokenSigner;
import emporion.user.keys.control.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Exchanges credentials for tokens. Empty means no, and never says why. */
@ApplicationScoped
public class SignIn {
  private static final Set<String> SERVICE = Set.of("service");

  private Accounts accounts;
  private Passwords passwords;
  private LoginThrottle throttle;
  private RefreshTokens refreshTokens;
  private KeyRing keys;
  private TokenSigner signer;

  SignIn() {}

  @Inject
  SignIn(
      Accounts accounts,
      Passwords passwords,
      LoginThrottle throttle,
      RefreshTokens refreshTokens,
      KeyRing keys,
      TokenSigner signer) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.throttle = throttle;
    this.refreshTokens = refreshTokens;
    this.keys = keys;
    this.signer = signer;
  }

  /**
   * The password grant (RFC 6749, section 4.3).
   *
   * @param client whom the refresh token is bound to; empty for nobody
   * @param origin the address of whoever asks
   * @throws emporion.chassis.problem.Problem 429 after too many wrong passwords for the name,
   *     whether or not it exists
   */
  public Optional<Tokens> byPassword(
      String username, String password, Optional<String> client, String origin) {
    var user = accounts.named(username);
    var name = User.key(username);
    throttle.demand(
        name, origin, () -> user.filter(who -> refreshTokens.knows(who.id(), origin)).isPresent());
    var hash = user.filter(User::active).flatMap(User::passwordHash);
    if (hash.isEmpty()) {
      passwords.checkNobodys(password);
    }
    var verdict = hash.map(known -> passwords.check(password, known)).orElse(Verdict.WRONG);
    if (verdict == Verdict.WRONG) {
      throttle.count(name, origin);
      return Optional.empty();
    }
    if (verdict == Verdict.OUTDATED) {
      accounts.rehash(user.get().id(), hash.get(), passwords.hash(password));
    }
    return user.map(who -> tokens(who, refreshTokens.issue(who.id(), client, origin)));
  }

  /** The refresh grant (RFC 6749, section 6), with rotation. */
  public Optional<Tokens> byRefreshToken(String token, Optional<String> client) {
    return refreshTokens
        .rotate(token, client)
        .flatMap(
            rotation ->
                accounts
                    .find(rotation.userId())
                    .filter(User::active)
                    .map(user -> tokens(user, rotation.successor())));
  }

  /**
   * Ends a session: its refresh token and all that came and would come of it (RFC 7009). Nothing
   * for a token that nobody has, or another client.
   */
  public void end(String refreshToken, Optional<String> client) {
    refreshTokens.revoke(refreshToken, client);
  }

  /** The client credentials grant (RFC 6749, section 4.4), for a service that is who it says. */
  public Tokens asClient(String id) {
    return new Tokens(signer.sign(keys.signing(), id, id, SERVICE), expiry(), null, SERVICE);
  }

  private Tokens tokens(User user, String refreshToken) {
    var roles = user.role().groups();
    var access = signer.sign(keys.signing(), user.id().toString(), user.username(), roles);
    return new Tokens(access, expiry(), refreshToken, roles);
  }

  private long expiry() {
    return signer.lifetime().toSeconds();
  }

  /**
   * What the caller gets.
   *
   * @param expiresIn seconds
   * @param refresh null for services
   * @param roles what the access token says of its owner
   */
  public record Tokens(String access, long expiresIn, String refresh, Set<String> roles) {
    @Override
    public String toString() {
      return "tokens for " + expiresIn + " s";
    }
  }
}
