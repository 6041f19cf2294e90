package emporion.user.accounts.control;

import emporion.chassis.refusal.Refusal;
import emporion.user.accounts.entity.Mailbox;
import emporion.user.accounts.entity.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Makes the account of somebody for whom another issuer vouches, when it is first asked for. The
 * token has to say the e-mail address. Roles and passwords are that issuer's business; an account
 * that was erased stays so.
 */
@ApplicationScoped
public class AccountProvisioning {
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{1,63}");

  private Accounts accounts;
  private boolean wanted;

  AccountProvisioning() {}

  /** Does nothing but look where it is not wanted. */
  @Inject
  public AccountProvisioning(
      Accounts accounts, @ConfigProperty(name = "emporion.accounts.from-tokens") boolean wanted) {
    this.accounts = accounts;
    this.wanted = wanted;
  }

  /** The account with this id, made where the caller's own token is about it. */
  public Optional<User> find(UUID id, JsonWebToken caller) {
    var known = accounts.find(id);
    return known.isEmpty() && wanted && id.toString().equals(caller.getSubject())
        ? meet(id, caller)
        : known;
  }

  private Optional<User> meet(UUID id, JsonWebToken caller) {
    var name = USERNAME.matcher(caller.getName()).matches() ? caller.getName() : id.toString();
    String email = caller.getClaim(Claims.email.name());
    if (email == null || Mailbox.of(email).isEmpty()) {
      return Optional.empty();
    }
    try {
      return accounts.introduce(id, name, email);
    } catch (Refusal taken) {
      return accounts.find(id); // by a request that came at the same time
    }
  }
}
