package emporion.user.accounts.control;

import emporion.chassis.data.Failures;
import emporion.chassis.data.Sql;
import emporion.chassis.refusal.Refusal;
import emporion.user.accounts.entity.Role;
import emporion.user.accounts.entity.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The users table. */
@ApplicationScoped
public class UserRepository {
  @Inject private EntityManager database;
  @Inject private Sql sql;

  /**
   * Writes a new or changed user at once, so that its version counts.
   *
   * @throws Refusal where another user has the name or the address
   */
  @Transactional(TxType.MANDATORY)
  public User store(User user) {
    try {
      database.persist(user);
      database.flush();
      return user;
    } catch (PersistenceException e) {
      if (Failures.isDuplicate(e)) {
        throw taken(e);
      }
      throw e;
    }
  }

  private static Refusal taken(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("username_taken")) {
        return new Refusal("username-taken", "The username is taken", "Choose another username.");
      }
    }
    // Told to administrators, who see all accounts, and to whoever takes an address at the very
    // moment at which another one does: all others share it.
    return new Refusal(
        "email-taken", "The e-mail address is taken", "An account with this address exists.");
  }

  public Optional<User> find(UUID id) {
    return Optional.ofNullable(database.find(User.class, id));
  }

  public Optional<User> named(String username) {
    return by("usernameKey", User.key(username));
  }

  public Optional<User> addressed(String email) {
    return by("emailKey", User.addressKey(email));
  }

  private Optional<User> by(String column, String key) {
    if (key.indexOf('\0') >= 0) {
      return Optional.empty(); // and PostgreSQL would take it for an error
    }
    return database
        .createQuery("select u from User u where u." + column + " = :key", User.class)
        .setParameter("key", key)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** Only while the outdated hash still stands, and without a new version. */
  void rehash(UUID id, String outdated, String renewed) {
    sql.update(
        "update users set password_hash = ? where id = ? and password_hash = ?",
        renewed,
        id,
        outdated);
  }

  /**
   * Up to {@code limit + 1} users, the oldest first. What a filter makes equal goes before the id:
   * that changes nothing of the order, and makes it the whole order of an index, for H2 as well.
   */
  List<User> list(UserFilter filter, Optional<UUID> after, int limit) {
    var where = new StringBuilder("u.erasedAt is null");
    var parameters = new HashMap<String, Object>();
    after.ifPresent(id -> add(where, parameters, "u.id > :after", Map.of("after", id)));
    filter
        .words()
        .ifPresent(
            words ->
                add(
                    where,
                    parameters,
                    "(u.usernameKey like :words escape '!' or u.emailKey like :words escape '!'"
                        + " or lower(u.email) like :words escape '!')",
                    Map.of("words", "%" + escaped(words) + "%")));
    filter.role().ifPresent(role -> add(where, parameters, "u.role = :role", Map.of("role", role)));
    filter
        .active()
        .ifPresent(yes -> add(where, parameters, "u.active = :active", Map.of("active", yes)));
    var query =
        database
            .createQuery(
                "select u from User u where " + where + " order by " + walk(filter) + "u.id",
                User.class)
            .setMaxResults(limit + 1);
    parameters.forEach(query::setParameter);
    return query.getResultList();
  }

  /** By the rarest first: whoever may not sign in, then those of a role. */
  private static String walk(UserFilter filter) {
    if (filter.active().equals(Optional.of(false)) || filter.role().isEmpty()) {
      return filter.active().isPresent() ? "u.active, " : "";
    }
    return "u.role, ";
  }

  private static void add(
      StringBuilder where,
      Map<String, Object> parameters,
      String clause,
      Map<String, Object> values) {
    where.append(" and ").append(clause);
    parameters.putAll(values);
  }

  private static String escaped(String words) {
    return User.key(words).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** What the list shows; empty means all. */
  public record UserFilter(Optional<String> words, Optional<Role> role, Optional<Boolean> active) {}
}
