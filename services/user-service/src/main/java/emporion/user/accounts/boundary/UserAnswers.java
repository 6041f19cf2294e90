package emporion.user.accounts.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.user.accounts.control.AccountProvisioning;
import emporion.user.accounts.control.Accounts;
import emporion.user.accounts.control.PasswordRules;
import emporion.user.accounts.control.UserRepository.UserFilter;
import emporion.user.accounts.entity.Role;
import emporion.user.accounts.entity.User;
import emporion.user.adapter.LoginThrottle;
import emporion.user.adapter.Passwords;
import emporion.user.adapter.Passwords.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The answers that all versions of the users' paths share. */
@ApplicationScoped
public class UserAnswers {
  /** In place of an address, where the caller has a token already. */
  private static final String SIGNED_IN = "signed in";

  private Accounts accounts;
  private AccountProvisioning firstSight;
  private Idempotency idempotency;
  private Passwords passwords;
  private PasswordRules rules;
  private LoginThrottle throttle;

  UserAnswers() {}

  @Inject
  UserAnswers(
      Accounts accounts,
      AccountProvisioning firstSight,
      Idempotency idempotency,
      Passwords passwords,
      PasswordRules rules,
      LoginThrottle throttle) {
    this.accounts = accounts;
    this.firstSight = firstSight;
    this.idempotency = idempotency;
    this.passwords = passwords;
    this.rules = rules;
    this.throttle = throttle;
  }

  /** Registers a shopper; 201, or what an earlier request with the same key was answered. */
  public Response register(
      String key, String username, String email, String password, Representation shape) {
    if (password != null) {
      rules.demand("/password", password, username, email);
    }
    var hash = password == null ? null : passwords.hash(password);
    // The password stays out of the stored digest: a fast hash of it would be worth stealing.
    var request = new Registration(shape.version(), username, email);
    return idempotency.once(
        "register",
        key,
        request,
        () -> created(accounts.register(username, email, hash, Role.SHOPPER), shape));
  }

  private static Response created(User user, Representation shape) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/" + shape.version() + "/users/" + user.id())
        .tag(Etag.of(shape.version(), user.version()))
        .entity(shape.of().apply(user))
        .build();
  }

  /** One user, to itself and to those who look after users; to others it does not exist. */
  public Response read(UUID id, SecurityContext security, Request request, Representation shape) {
    var caller = Caller.of(security);
    if (!caller.is(id) && !caller.isAny("admin", "support", "service")) {
      throw Problem.notFound("user");
    }
    var token = (JsonWebToken) security.getUserPrincipal();
    var user = firstSight.find(id, token).orElseThrow(() -> Problem.notFound("user"));
    return Etag.answer(request, Etag.of(shape.version(), user.version()), shape.of().apply(user));
  }

  /** A page of users. */
  public Response list(ListRequest list, Representation shape) {
    var filter =
        new UserFilter(
            Query.text("q", list.words, 100),
            Query.oneOf("role", list.role, Role.class),
            Query.oneOf("active", list.active, Flag.class).map(Flag.TRUE::equals));
    var after = Cursor.decode(list.cursor, 1).map(place -> place.id(0));
    var page = accounts.list(filter, after, Query.limit(list.limit));
    return Response.ok(page.map(shape.of())).build();
  }

  /**
   * Changes one's own address or password; a new password asks for the old one. So does an address,
   * if links for a new password are to go there: a stolen token must not become an account.
   */
  public Response changeSelf(
      UUID id, SelfChange change, Request request, HttpHeaders headers, Representation shape) {
    var user = accounts.find(id).orElseThrow(() -> Problem.notFound("user"));
    var proven = provesOldPassword(user, change);
    if (change.password != null) {
      rules.demand("/password", change.password, user.username(), user.email());
    }
    var hash = change.password == null ? null : passwords.hash(change.password);
    return change(
        id,
        request,
        headers,
        shape,
        self -> {
          Optional.ofNullable(change.email).ifPresent(email -> accounts.move(self, email, proven));
          Optional.ofNullable(hash).ifPresent(self::changePassword);
        });
  }

  /** A stolen token is no way to guess the password either. */
  private boolean provesOldPassword(User user, SelfChange change) {
    var known = user.passwordHash();
    var password = change.currentPassword;
    if (known.isEmpty() || change.password == null && password == null) {
      return false;
    }
    throttle.demand(User.key(user.username()), SIGNED_IN, () -> true);
    if (password == null || passwords.check(password, known.get()) == Verdict.WRONG) {
      throttle.count(User.key(user.username()), SIGNED_IN);
      throw Problem.invalid("/current_password", "must be the password in force");
    }
    return true;
  }

  /** What an administrator changes of somebody. */
  public Response administer(
      UUID id, AdminChange change, Request request, HttpHeaders headers, Representation shape) {
    return change(
        id,
        request,
        headers,
        shape,
        user -> {
          Optional.ofNullable(change.email).ifPresent(email -> user.moveTo(email, true));
          change.role.ifPresent(user::assume);
          Optional.ofNullable(change.active).ifPresent(user::activate);
        });
  }

  private Response change(
      UUID id, Request request, HttpHeaders headers, Representation shape, Consumer<User> change) {
    var user =
        accounts.change(
            id,
            seen -> Etag.demand(request, headers, Etag.of(shape.version(), seen.version())),
            change);
    return Response.ok(shape.of().apply(user))
        .tag(Etag.of(shape.version(), user.version()))
        .build();
  }

  /** Forgets a person; 204, also the second time. */
  public Response erase(UUID id) {
    accounts.erase(id);
    return Response.noContent().build();
  }

  /** The query parameters of the list. */
  public record ListRequest(
      String words, String role, String active, String limit, String cursor) {}

  /** What users change of themselves; null leaves it as it is. */
  public record SelfChange(String email, String password, String currentPassword) {}

  /** What administrators change; null or empty leaves it as it is. */
  public record AdminChange(String email, Optional<Role> role, Boolean active) {}

  private record Registration(String version, String username, String email) {}

  private enum Flag {
    TRUE,
    FALSE
  }
}
