package emporion.product.stock.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Page;
import emporion.chassis.http.PathId;
import emporion.product.stock.boundary.NewAdjustment;
import emporion.product.stock.boundary.Representation;
import emporion.product.stock.boundary.StockAnswers;
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
@DeprecatedVersion
@Path("/v1/stock/" + PathId.TEMPLATE)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"support", "catalogue_manager", "admin"})
public class StockV1Resource {
  private static final Representation SHAPE =
      new Representation("v1", StockV1::from, AdjustmentV1::from);

  private StockAnswers answers;

  StockV1Resource() {}

  @Inject
  StockV1Resource(StockAnswers answers) {
    this.answers = answers;
  }

  @GET
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    return answers.read(id, request, SHAPE);
  }

  @POST
  @Path("/adjustments")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response adjust(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewAdjustment change) {
    return answers.adjust(id, key, security, change, SHAPE);
  }

  @GET
  @Path("/adjustments")
  public Page<Record> adjustments(
      @PathParam("id") UUID id,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return answers.adjustments(id, limit, cursor, SHAPE);
  }
}
