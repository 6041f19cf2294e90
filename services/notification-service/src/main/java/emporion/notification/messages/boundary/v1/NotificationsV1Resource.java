package emporion.notification.messages.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.PathId;
import emporion.notification.messages.boundary.NotificationAnswers;
import emporion.notification.messages.boundary.NotificationAnswers.Representation;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/** What was sent to a user. */
@DeprecatedVersion
@Path("/v1/notifications")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class NotificationsV1Resource {
  private static final Representation SHAPE =
      new Representation("v1", NotificationV1::from, NotificationV1::from);

  private NotificationAnswers answers;

  NotificationsV1Resource() {}

  @Inject
  NotificationsV1Resource(NotificationAnswers answers) {
    this.answers = answers;
  }

  @GET
  public Response list(
      @QueryParam("user_id") String userId,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor,
      @Context SecurityContext security) {
    return answers.list(security, userId, limit, cursor, SHAPE);
  }

  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    return answers.read(id, security, request, SHAPE);
  }

  @POST
  @Path("/" + PathId.TEMPLATE + "/redeliveries")
  @RolesAllowed({"support", "admin"})
  public Response repeat(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security) {
    return answers.repeat(id, key, security, SHAPE);
  }
}
