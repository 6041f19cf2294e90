package emporion.product.stock.boundary.v1;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.product.stock.control.StockLevels;
import emporion.product.stock.entity.Adjustment;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/** Levels, for those who keep the shop. */
@Path("/v1/stock/{id:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"support", "catalogue_manager", "admin"})
public class StockV1Resource {
  private StockLevels levels;
  private Idempotency idempotency;

  StockV1Resource() {}

  @Inject
  StockV1Resource(StockLevels levels, Idempotency idempotency) {
    this.levels = levels;
    this.idempotency = idempotency;
  }

  @GET
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    var stock = levels.find(id).orElseThrow(() -> Problem.notFound("product"));
    return Etag.answer(request, Etag.of("v1", stock.version()), StockV1.from(stock));
  }

  @POST
  @Path("/adjustments")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response adjust(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewAdjustmentV1 change) {
    var by = Caller.of(security).subject();
    var delta = change.nonZero();
    var reason = change.why();
    return idempotency.once(
        "adjust:" + id + ":" + by,
        key,
        change,
        () -> created(levels.adjust(id, delta, reason, change.note(), by)));
  }

  private static Response created(Adjustment line) {
    return Response.status(Response.Status.CREATED).entity(AdjustmentV1.from(line)).build();
  }

  @GET
  @Path("/adjustments")
  public Response adjustments(
      @PathParam("id") UUID id,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var page = levels.adjustments(id, Cursor.decode(cursor, 1), Query.limit(limit));
    return Response.ok(page.map(AdjustmentV1::from)).build();
  }
}
