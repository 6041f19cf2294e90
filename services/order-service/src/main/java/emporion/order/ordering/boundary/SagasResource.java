package emporion.order.ordering.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.order.ordering.control.Interventions;
import emporion.order.ordering.control.Interventions.Operator;
import emporion.order.ordering.control.SagaStandings.SagaFilter;
import emporion.order.ordering.entity.OperatorAction;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.ordering.entity.SagaState;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Sagas for operators. An action needs {@code If-Match} with the version that the operator has
 * seen. A read never answers 304: attempts and leases change without a new version.
 */
@RolesAllowed("admin")
public abstract class SagasResource {
  private final Representation<Shown> representation;
  @Inject private Interventions interventions;
  @Inject private Idempotency idempotency;
  @Inject private JsonWebToken token;

  protected SagasResource(Representation<Shown> representation) {
    this.representation = representation;
  }

  /** A page of sagas, those of the newest orders first. */
  @GET
  public Response list(
      @QueryParam("state") String state,
      @QueryParam("needs_operator") String needsOperator,
      @QueryParam("open") String open,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter =
        new SagaFilter(
            Query.oneOf("state", state, SagaState.byWire()),
            flag("needs_operator", needsOperator),
            flag("open", open));
    var before = Cursor.decode(cursor, 1).map(place -> place.id(0));
    var page = interventions.list(filter, before, Query.limit(limit));
    return Response.ok(page.map(saga -> representation.of(new Shown(saga, null, null)))).build();
  }

  private static Optional<Boolean> flag(String name, String value) {
    return Query.oneOf(name, value, Flag.class).map(Flag.TRUE::equals);
  }

  /** One saga with its timeline and what operators did. */
  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(@PathParam("id") UUID id) {
    var standing = find(id);
    var shown = new Shown(standing, interventions.timeline(id), interventions.actions(id));
    return Response.ok(representation.of(shown)).tag(tag(standing)).build();
  }

  /** Makes the saga's next attempt due at once. */
  @POST
  @Path("/" + PathId.TEMPLATE + "/retry")
  public Response retry(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context Request request,
      @Context HttpHeaders headers) {
    return act(id, OperatorAction.RETRY, null, key, request, headers);
  }

  /** Resolves what the saga can't. */
  @POST
  @Path("/" + PathId.TEMPLATE + "/resolve")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response resolve(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context Request request,
      @Context HttpHeaders headers,
      Resolution resolution) {
    var note = resolution.demandedNote();
    return act(id, resolution.toAction(), note, key, request, headers);
  }

  private Response act(
      UUID id,
      OperatorAction action,
      String note,
      String key,
      Request request,
      HttpHeaders headers) {
    var operator = new Operator(token.getSubject(), token.getName());
    var answer =
        idempotency.once(
            "saga-actions:" + operator.id(),
            key,
            new Wanted(representation.version(), id, action, note),
            () -> {
              var seen = find(id);
              Etag.demand(request, headers, tag(seen));
              if (!interventions.act(seen, action, note, operator)) {
                throw overtaken();
              }
              return read(id);
            });
    interventions.tell(id);
    return answer;
  }

  private static Problem overtaken() {
    return Problem.of(
        412,
        "precondition-failed",
        "Somebody else changed it",
        "The saga has moved on. Read it again and repeat the change with the new ETag.");
  }

  private SagaStanding find(UUID id) {
    return interventions.find(id).orElseThrow(() -> Problem.notFound("saga"));
  }

  private EntityTag tag(SagaStanding standing) {
    return Etag.of("saga-" + representation.version(), standing.saga().version());
  }

  /**
   * What is shown of a saga.
   *
   * @param timeline null in lists, as are the actions
   */
  public record Shown(
      SagaStanding standing, List<TimelineEntry> timeline, List<OperatorRecord> actions) {}

  /** What the key of a repeated request stands for. */
  private record Wanted(String version, UUID orderId, OperatorAction action, String note) {}

  private enum Flag {
    TRUE,
    FALSE
  }
}
