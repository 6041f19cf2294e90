package emporion.user.accounts.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.PathId;
import emporion.chassis.security.Caller;
import emporion.user.accounts.boundary.Representation;
import emporion.user.accounts.boundary.UserAnswers;
import emporion.user.accounts.boundary.UserAnswers.ListRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/** Accounts: everybody registers and keeps their own, administrators keep all. */
@DeprecatedVersion
@Path("/v1/users")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
public class UsersV1Resource {
  private static final Representation SHAPE = new Representation("v1", UserV1::from);

  private UserAnswers answers;

  UsersV1Resource() {}

  @Inject
  UsersV1Resource(UserAnswers answers) {
    this.answers = answers;
  }

  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(@HeaderParam("Idempotency-Key") String key, NewUserV1 user) {
    return answers.register(key, user.username(), user.email(), user.password(), SHAPE);
  }

  @GET
  @RolesAllowed({"admin", "support"})
  public Response list(
      @QueryParam("q") String words,
      @QueryParam("role") String role,
      @QueryParam("active") String active,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return answers.list(new ListRequest(words, role, active, limit, cursor), SHAPE);
  }

  @GET
  @Path("/me")
  public Response me(@Context SecurityContext security, @Context Request request) {
    return answers.read(Caller.of(security).userId(), security, request, SHAPE);
  }

  @PATCH
  @Path("/me")
  public Response changeMe(
      @Context SecurityContext security,
      @Context Request request,
      @Context HttpHeaders headers,
      SelfChangeV1 change) {
    return answers.changeSelf(
        Caller.of(security).userId(), change.toChange(), request, headers, SHAPE);
  }

  @DELETE
  @Path("/me")
  public Response eraseMe(@Context SecurityContext security) {
    return answers.erase(Caller.of(security).userId());
  }

  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    return answers.read(id, security, request, SHAPE);
  }

  @PATCH
  @Path("/" + PathId.TEMPLATE)
  @RolesAllowed("admin")
  public Response change(
      @PathParam("id") UUID id,
      @Context Request request,
      @Context HttpHeaders headers,
      AdminChangeV1 change) {
    return answers.administer(id, change.toChange(), request, headers, SHAPE);
  }

  @DELETE
  @Path("/" + PathId.TEMPLATE)
  @RolesAllowed("admin")
  public Response erase(@PathParam("id") UUID id) {
    return answers.erase(id);
  }
}
