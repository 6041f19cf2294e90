package emporion.order.ordering.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.PathId;
import emporion.order.ordering.boundary.Representation;
import emporion.order.ordering.boundary.SagaAnswers;
import emporion.order.ordering.boundary.SagaAnswers.Action;
import emporion.order.ordering.boundary.SagaAnswers.ListRequest;
import emporion.order.ordering.boundary.SagaAnswers.Shown;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** Sagas for operators. */
@DeprecatedVersion
@Path("/v1/admin/sagas")
@ApplicationScoped
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SagasV1Resource {
  private static final Representation<Shown> SHAPE = new Representation<>("v1", SagaV1::from);

  private SagaAnswers answers;

  SagasV1Resource() {}

  @Inject
  SagasV1Resource(SagaAnswers answers) {
    this.answers = answers;
  }

  @GET
  public Response list(
      @QueryParam("state") String state,
      @QueryParam("needs_operator") String needsOperator,
      @QueryParam("open") String open,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return answers.list(new ListRequest(state, needsOperator, open, limit, cursor), SHAPE);
  }

  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(@PathParam("id") UUID id) {
    return answers.read(id, SHAPE);
  }

  @POST
  @Path("/" + PathId.TEMPLATE + "/retry")
  @Consumes(MediaType.WILDCARD)
  public Response retry(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      @Context Request request,
      @Context HttpHeaders headers) {
    return answers.retry(id, new Action(key, security, request, headers), SHAPE);
  }

  @POST
  @Path("/" + PathId.TEMPLATE + "/resolve")
  public Response resolve(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      @Context Request request,
      @Context HttpHeaders headers,
      ResolutionV1 resolution) {
    var action = new Action(key, security, request, headers);
    return answers.resolve(id, resolution.action(), resolution.note(), action, SHAPE);
  }
}
