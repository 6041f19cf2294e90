package emporion.order.ordering.boundary.v1;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.order.ordering.control.Interventions;
import emporion.order.ordering.control.Interventions.Operator;
import emporion.order.ordering.control.SagaBook.SagaFilter;
import emporion.order.ordering.entity.OperatorAction;
import emporion.order.ordering.entity.SagaState;
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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Sagas for operators. An action needs {@code If-Match} with the version that the operator has
 * seen. A read never answers 304: attempts and leases change without a new version.
 */
@Path("/v1/admin/sagas")
@ApplicationScoped
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SagasV1Resource {
  private Interventions interventions;
  private Idempotency idempotency;

  SagasV1Resource() {}

  @Inject
  SagasV1Resource(Interventions interventions, Idempotency idempotency) {
    this.interventions = interventions;
    this.idempotency = idempotency;
  }

  /** Those of the newest orders first. */
  @GET
  public Response list(
      @QueryParam("state") String state,
      @QueryParam("needs_operator") String needsOperator,
      @QueryParam("open") String open,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter =
        new SagaFilter(
            Query.oneOf("state", state, SagaState.class),
            flag("needs_operator", needsOperator),
            flag("open", open));
    var before = Cursor.decode(cursor, 1).flatMap(c -> Query.id("cursor", c.parts().getFirst()));
    return Response.ok(interventions.list(filter, before, Query.limit(limit)).map(SagaV1::from))
        .build();
  }

  private static Optional<Boolean> flag(String name, String value) {
    return Query.oneOf(name, value, Flag.class).map(Flag.TRUE::equals);
  }

  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(@PathParam("id") UUID id) {
    return shown(id);
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
    var wanted = new Wanted(id, OperatorAction.RETRY, null);
    return act(wanted, key, Caller.of(security), request, headers);
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
    var action = OperatorAction.valueOf(resolution.action().toUpperCase(Locale.ROOT));
    var note = resolution.note() == null || resolution.note().isBlank() ? null : resolution.note();
    if (action == OperatorAction.COMPENSATED_BY_HAND && note == null) {
      throw Problem.invalid("/note", "must say what was done, and how it can be checked");
    }
    return act(new Wanted(id, action, note), key, Caller.of(security), request, headers);
  }

  private Response act(
      Wanted wanted, String key, Caller caller, Request request, HttpHeaders headers) {
    var scope = "saga-actions:" + caller.subject();
    var answer =
        idempotency.once(
            scope,
            key,
            wanted,
            () -> {
              var seen = interventions.find(wanted.orderId()).orElseThrow(SagasV1Resource::unknown);
              Etag.demand(request, headers, tag(seen.saga().version()));
              var operator = new Operator(caller.subject(), caller.username());
              interventions.act(seen, wanted.action(), wanted.note(), operator);
              return shown(wanted.orderId());
            });
    interventions.tell(wanted.orderId());
    return answer;
  }

  private Response shown(UUID id) {
    var standing = interventions.find(id).orElseThrow(SagasV1Resource::unknown);
    var body = SagaV1.from(standing, interventions.timeline(id), interventions.actions(id));
    return Response.ok(body).tag(tag(standing.saga().version())).build();
  }

  private static EntityTag tag(long version) {
    return Etag.of("saga-v1", version);
  }

  private static Problem unknown() {
    return Problem.notFound("saga");
  }

  /** What the key of a repeated request stands for. */
  private record Wanted(UUID orderId, OperatorAction action, String note) {}

  private enum Flag {
    TRUE,
    FALSE
  }
}
