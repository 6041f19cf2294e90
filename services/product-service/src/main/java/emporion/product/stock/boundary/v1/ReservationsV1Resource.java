package emporion.product.stock.boundary.v1;

import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.chassis.telemetry.Trace;
import emporion.product.stock.boundary.ConfirmedOrders;
import emporion.product.stock.control.ReservationService;
import emporion.product.stock.entity.ReservationLine;
import emporion.product.stock.entity.ReservationStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reservations by step key; every request may be repeated and has one effect. */
@Path("/v1/reservations/{key:(?:[A-Za-z0-9:_-]|%3[Aa]){1,100}}")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("service")
public class ReservationsV1Resource {
  private ReservationService desk;
  private JsonWebToken token;

  ReservationsV1Resource() {}

  @Inject
  ReservationsV1Resource(ReservationService desk, JsonWebToken token) {
    this.desk = desk;
    this.token = token;
  }

  @GET
  public ReservationV1 read(@PathParam("key") String key) {
    return desk.find(key)
        .map(ReservationV1::from)
        .orElseThrow(() -> Problem.notFound("reservation"));
  }

  /** What has become of the key, step by step. */
  @GET
  @Path("/history")
  public ReservationHistoryV1 history(@PathParam("key") String key) {
    return desk.history(key)
        .map(ReservationHistoryV1::from)
        .orElseThrow(() -> Problem.notFound("reservation"));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response reserve(@PathParam("key") String key, NewReservationV1 wanted) {
    var outcome = desk.reserve(key, wanted.orderId(), wanted.wanted(), wanted);
    if (outcome.status() == ReservationStatus.REFUSED) {
      return outOfStock(outcome.lines());
    }
    return Response.status(outcome.first() ? Response.Status.CREATED : Response.Status.OK)
        .entity(ReservationV1.from(outcome, ConfirmedOrders.TYPE))
        .build();
  }

  @DELETE
  public ReservationV1 release(@PathParam("key") String key) {
    return ReservationV1.from(desk.release(key));
  }

  @POST
  @Path("/commit")
  public ReservationV1 commit(@PathParam("key") String key) {
    return ReservationV1.from(desk.commit(key));
  }

  @POST
  @Path("/return")
  public ReservationV1 takeBack(@PathParam("key") String key) {
    return ReservationV1.from(desk.takeBack(key, token.getSubject()));
  }

  private static Response outOfStock(List<ReservationLine> lines) {
    var errors =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).shortage().isPresent())
            .mapToObj(i -> new FieldError("/lines/" + i, shortage(lines.get(i))))
            .toList();
    var detail =
        errors.size() == 1
            ? errors.getFirst().detail()
            : errors.size() + " products are not there in the quantities wanted.";
    return Response.status(Response.Status.CONFLICT)
        .type(ProblemDocument.MEDIA_TYPE)
        .entity(
            new ProblemDocument(
                "urn:emporion:problem:out-of-stock",
                "Out of stock",
                409,
                detail,
                Trace.currentId(),
                errors))
        .build();
  }

  private static String shortage(ReservationLine line) {
    return "Of " + line.quantity() + " wanted, " + line.shortage().orElse(0L) + " are left.";
  }
}
