package emporion.user.accounts.control;

import emporion.chassis.data.Ids;
import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.chassis.messaging.Outbox;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.user.accounts.entity.Role;
import emporion.user.accounts.entity.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What can be done with accounts; each change leaves with the event that tells it. */
@ApplicationScoped
public class Accounts {
  private UserRepository users;
  private Outbox outbox;
  private Event<SessionsEnd> ends;

  Accounts() {}

  @Inject
  Accounts(UserRepository users, Outbox outbox, Event<SessionsEnd> ends) {
    this.users = users;
    this.outbox = outbox;
    this.ends = ends;
  }

  /**
   * A new account. Where another one has the address, the two share it, and nobody but its owner is
   * told: whoever registers must not learn who else has an account.
   *
   * @param passwordHash null for an account that nobody can sign in to
   * @throws Refusal where the name is taken
   */
  @Transactional
  public User register(String username, String email, String passwordHash, Role role) {
    return add(newcomer(Ids.next(), username, email, passwordHash, role));
  }

  private User newcomer(UUID id, String username, String email, String passwordHash, Role role) {
    var user = User.register(id, username, email, passwordHash, role, now());
    if (isOthers(email, id)) {
      user.shareAddress();
    }
    return user;
  }

  /** Whether the address is another user's. */
  private boolean isOthers(String email, UUID id) {
    return users.addressed(email).filter(other -> !other.id().equals(id)).isPresent();
  }

  /**
   * Gives a user the address that they say is theirs, which they share where it is another user's.
   *
   * @param proven whether more than a token, which may be stolen, says so
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void move(User user, String email, boolean proven) {
    boolean others = isOthers(email, user.id());
    user.moveTo(email, proven);
    if (others) {
      user.shareAddress();
    }
  }

  /**
   * An account for somebody whom another issuer knows by this id. Where their name is somebody
   * else's here, the id is their name; an address they share, as whoever registers.
   *
   * @return empty for somebody who was erased
   * @throws Refusal where a request at the same time took the name or the address
   */
  @Transactional
  public Optional<User> introduce(UUID id, String username, String email) {
    if (users.find(id).isPresent()) {
      return find(id);
    }
    var name = users.named(username).isPresent() ? id.toString() : username;
    return Optional.of(add(newcomer(id, name, email, null, Role.SHOPPER)));
  }

  private User add(User user) {
    users.store(user);
    outbox.record(
        "user_registered",
        user.id(),
        user.version(),
        new UserRegistered(user.id(), user.username(), user.email(), user.registeredAt()));
    return user;
  }

  /** A user who has not been erased. */
  public Optional<User> find(UUID id) {
    return users.find(id).filter(user -> !user.erased());
  }

  /** A user by name, in any case. */
  public Optional<User> named(String username) {
    return users.named(username);
  }

  /** A user by e-mail address, in any case. */
  public Optional<User> addressed(String email) {
    return users.addressed(email);
  }

  /** A page of those who have not been erased, the oldest first. */
  public Page<User> list(UserRepository.UserFilter filter, Optional<UUID> after, int limit) {
    return Page.of(users.list(filter, after, limit), limit, user -> Cursor.of(user.id()));
  }

  /**
   * Changes one user; what leaves everything as it was is no change, and nobody hears of it.
   *
   * @param demand throws unless the caller has seen this version
   * @throws Missing for an unknown id
   * @throws Refusal for an address that is taken
   */
  @Transactional
  public User change(UUID id, Consumer<User> demand, Consumer<User> change) {
    var user = find(id).orElseThrow(() -> new Missing("user"));
    demand.accept(user);
    var hash = user.passwordHash();
    var role = user.role();
    long version = user.version();
    change.accept(user);
    users.store(user);
    if (user.version() != version) {
      tell(user, hash, role);
    }
    return user;
  }

  private void tell(User user, Optional<String> oldHash, Role oldRole) {
    if (!user.active() || !user.passwordHash().equals(oldHash)) {
      ends.fire(new SessionsEnd(user.id()));
    }
    outbox.record(
        "user_changed",
        user.id(),
        user.version(),
        new UserChanged(
            user.id(),
            user.username(),
            user.email(),
            user.role().wire(),
            user.active(),
            !user.passwordHash().equals(oldHash),
            user.role() != oldRole));
  }

  /**
   * Sets a password on the word of somebody who has proven to be the user.
   *
   * @throws Missing for an unknown id
   */
  @Transactional
  public void setPassword(UUID id, String passwordHash) {
    change(id, seen -> {}, user -> user.changePassword(passwordHash));
  }

  /** Replaces the hash of a password by another one of the same password; nobody else notices. */
  public void rehash(UUID id, String outdated, String renewed) {
    users.rehash(id, outdated, renewed);
  }

  /** Forgets a person; doing it twice is no error. */
  @Transactional
  public void erase(UUID id) {
    var user = users.find(id).orElseThrow(() -> new Missing("user"));
    if (!user.erased()) {
      user.erase(now());
      users.store(user);
      ends.fire(new SessionsEnd(id));
      outbox.record("user_erased", id, user.version(), new UserErased(id));
    }
  }

  /** As exact as the databases keep it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** Whoever is signed in as this user has to sign in again, and may not be able to. */
  public record SessionsEnd(UUID userId) {}

  record UserRegistered(UUID userId, String username, String email, Instant registeredAt) {}

  record UserChanged(
      UUID userId,
      String username,
      String email,
      String role,
      boolean active,
      boolean passwordChanged,
      boolean roleChanged) {}

  record UserErased(UUID userId) {}
}
