package emporion.user.accounts.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.user.accounts.control.AccountProvisioning;
import emporion.user.accounts.control.Accounts;
import emporion.user.accounts.control.Credentials;
import emporion.user.accounts.control.UserRepository.UserFilter;
import emporion.user.accounts.control.WrongPassword;
import emporion.user.accounts.entity.Role;
import emporion.user.accounts.entity.User;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Users: everybody may register and look after themselves, staff look after all.
 *
 * @param <N> how a version asks for an account
 * @param <S> how it says what users change of themselves
 * @param <A> how it says what administrators change
 */
public abstract class UsersResource<
    N extends NewUser, S extends SelfChange, A extends AdminChange> {
  private final Representation<User> representation;
  @Inject private Accounts accounts;
  @Inject private AccountProvisioning firstSight;
  @Inject private Idempotency idempotency;
  @Inject private Credentials credentials;
  @Inject private JsonWebToken token;

  protected UsersResource(Representation<User> representation) {
    this.representation = representation;
  }

  /** Registers a shopper; 201, or what an earlier request with the same key was answered. */
  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(@HeaderParam("Idempotency-Key") String key, N wanted) {
    var username = wanted.username();
    var email = wanted.emailAddress();
    var hash = credentials.hash(wanted.password(), username, email);
    // The password stays out of the stored digest: a fast hash of it would be worth stealing.
    var request = new Registration(representation.version(), username, email);
    return idempotency.once(
        "register",
        key,
        request,
        () -> created(accounts.register(username, email, hash, Role.SHOPPER)));
  }

  private Response created(User user) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, representation.path("users/" + user.id()))
        .tag(representation.tag(user.version()))
        .entity(representation.of(user))
        .build();
  }

  /** Oneself. */
  @GET
  @Path("/me")
  @RolesAllowed(Caller.SIGNED_IN)
  public Response me(@Context Request request) {
    return read(self(), request);
  }

  private UUID self() {
    return Caller.of(token).userId();
  }

  /** One user, to itself and to those who look after users; to others it does not exist. */
  @GET
  @Path("/" + PathId.TEMPLATE)
  @RolesAllowed(Caller.SIGNED_IN)
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    var caller = Caller.of(token);
    if (!caller.is(id) && !caller.isAny("admin", "support", "service")) {
      throw Problem.notFound("user");
    }
    var user = firstSight.find(id, token).orElseThrow(() -> Problem.notFound("user"));
    return Etag.answer(request, representation.tag(user.version()), representation.of(user));
  }

  /** A page of users. */
  @GET
  @RolesAllowed({"admin", "support"})
  public Response list(
      @QueryParam("q") String words,
      @QueryParam("role") String role,
      @QueryParam("active") String active,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter =
        new UserFilter(
            Query.text("q", words, 100),
            Query.oneOf("role", role, Role.class),
            Query.oneOf("active", active, Flag.class).map(Flag.TRUE::equals));
    var after = Cursor.decode(cursor, 1).map(place -> place.id(0));
    var page = accounts.list(filter, after, Query.limit(limit));
    return Response.ok(page.map(representation::of)).build();
  }

  /**
   * Changes one's own address or password; a new password asks for the old one. So does an address,
   * if links for a new password are to go there: a stolen token must not become an account.
   */
  @PATCH
  @Path("/me")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RolesAllowed(Caller.SIGNED_IN)
  public Response changeMe(@Context Request request, @Context HttpHeaders headers, S change) {
    var id = self();
    var user = accounts.find(id).orElseThrow(() -> Problem.notFound("user"));
    var proven = proven(user, change);
    var hash = credentials.hash(change.password(), user.username(), user.email());
    return change(
        id,
        request,
        headers,
        self -> {
          Optional.ofNullable(change.emailAddress())
              .ifPresent(email -> accounts.move(self, email, proven));
          Optional.ofNullable(hash).ifPresent(self::changePassword);
        });
  }

  private boolean proven(User user, S change) {
    try {
      return credentials.proven(user, change.currentPassword(), change.password() != null);
    } catch (WrongPassword wrong) {
      throw Problem.invalid("/current_password", wrong.getMessage());
    }
  }

  /** What an administrator changes of somebody. */
  @PATCH
  @Path("/" + PathId.TEMPLATE)
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RolesAllowed("admin")
  public Response change(
      @PathParam("id") UUID id, @Context Request request, @Context HttpHeaders headers, A change) {
    var role = Query.oneOf("/role", change.role(), Role.class);
    return change(
        id,
        request,
        headers,
        user -> {
          Optional.ofNullable(change.emailAddress()).ifPresent(email -> user.moveTo(email, true));
          role.ifPresent(user::assume);
          Optional.ofNullable(change.active()).ifPresent(user::activate);
        });
  }

  private Response change(UUID id, Request request, HttpHeaders headers, Consumer<User> change) {
    var user =
        accounts.change(
            id, seen -> Etag.demand(request, headers, representation.tag(seen.version())), change);
    return Response.ok(representation.of(user)).tag(representation.tag(user.version())).build();
  }

  /** Forgets oneself; 204, also the second time. */
  @DELETE
  @Path("/me")
  @RolesAllowed(Caller.SIGNED_IN)
  public Response eraseMe() {
    return erase(self());
  }

  /** Forgets a person; 204, also the second time. */
  @DELETE
  @Path("/" + PathId.TEMPLATE)
  @RolesAllowed("admin")
  public Response erase(@PathParam("id") UUID id) {
    accounts.erase(id);
    return Response.noContent().build();
  }

  private record Registration(String version, String username, String email) {}

  private enum Flag {
    TRUE,
    FALSE
  }
}
