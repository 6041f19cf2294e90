package emporion.product.stock.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Page;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.product.stock.control.StockLevels;
import emporion.product.stock.entity.Adjustment;
import emporion.product.stock.entity.Stock;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Levels and their audit trail, for those who keep the shop. */
@RolesAllowed({"support", "catalogue_manager", "admin"})
public abstract class StockResource {
  private final Representation<Stock> level;
  private final Representation<Adjustment> line;
  @Inject private StockLevels levels;
  @Inject private Idempotency idempotency;
  @Inject private JsonWebToken token;

  /**
   * One version of it.
   *
   * @param level of one product
   * @param line of the audit trail
   */
  protected StockResource(Representation<Stock> level, Representation<Adjustment> line) {
    this.level = level;
    this.line = line;
  }

  /** The level of one product. */
  @GET
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    var stock = levels.find(id).orElseThrow(() -> Problem.notFound("product"));
    return Etag.answer(request, level.tag(stock.version()), level.of(stock));
  }

  /** Corrects a level; 201, or what an earlier request with the same key was answered. */
  @POST
  @Path("/adjustments")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response adjust(
      @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key, NewAdjustment change) {
    var by = token.getSubject();
    var delta = change.nonZero();
    var reason = change.why();
    return idempotency.once(
        "adjust:" + id + ":" + by,
        key,
        new Correction(line.version(), change),
        () -> created(levels.adjust(id, delta, reason, change.note(), by)));
  }

  private Response created(Adjustment adjustment) {
    return Response.status(Response.Status.CREATED).entity(line.of(adjustment)).build();
  }

  /** A page of the audit trail of one product. */
  @GET
  @Path("/adjustments")
  public Page<Record> adjustments(
      @PathParam("id") UUID id,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return levels.adjustments(id, Cursor.decode(cursor, 1), Query.limit(limit)).map(line::of);
  }

  private record Correction(String version, NewAdjustment change) {}
}
