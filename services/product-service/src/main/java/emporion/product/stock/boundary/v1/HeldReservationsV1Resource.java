package emporion.product.stock.boundary.v1;

import emporion.chassis.http.Query;
import emporion.chassis.problem.Problem;
import emporion.product.stock.control.ReservationService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** What is held and not sold, for whoever has to see to it that it does not stay so. */
@Path("/v1/reservations")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("service")
public class HeldReservationsV1Resource {
  private ReservationService desk;

  HeldReservationsV1Resource() {}

  @Inject
  HeldReservationsV1Resource(ReservationService desk) {
    this.desk = desk;
  }

  @GET
  public HeldReservationsV1 held(
      @QueryParam("held_before") String before, @QueryParam("limit") String limit) {
    var time =
        Query.time("held_before", before)
            .orElseThrow(() -> Problem.invalid("held_before", "must be there"));
    return HeldReservationsV1.from(desk.held(time, Query.limit(limit)));
  }
}
