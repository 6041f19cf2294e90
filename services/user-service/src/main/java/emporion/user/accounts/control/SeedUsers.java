package emporion.user.accounts.control;

import emporion.chassis.data.Database;
import emporion.user.accounts.entity.Role;
import emporion.user.adapter.Passwords;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Makes the accounts that the settings {@code emporion.seed.<role>.username}, {@code .password} and
 * {@code .email} name, where no user of that name exists yet: without an administrator nobody could
 * make one.
 */
@ApplicationScoped
public class SeedUsers {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Config settings;

  @Inject
  SeedUsers(Accounts accounts, Passwords passwords, Config settings) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.settings = settings;
  }

  SeedUsers() {
    this(null, null, null);
  }

  void make(
      @Observes @Priority(Database.MIGRATED + 1) @Initialized(ApplicationScoped.class)
          Object start) {
    make("admin", Role.ADMIN);
    make("shopper", Role.SHOPPER);
  }

  private void make(String who, Role role) {
    setting(who, "username")
        .filter(username -> accounts.named(username).isEmpty())
        .ifPresent(
            username ->
                accounts.register(
                    username,
                    setting(who, "email").orElse(username + "@emporion.example"),
                    setting(who, "password").map(passwords::hash).orElse(null),
                    role));
  }

  private Optional<String> setting(String who, String name) {
    return settings.getOptionalValue("emporion.seed." + who + "." + name, String.class);
  }
}
