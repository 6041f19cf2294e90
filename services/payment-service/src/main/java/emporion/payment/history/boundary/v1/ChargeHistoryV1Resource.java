package emporion.payment.history.boundary.v1;

import emporion.payment.history.control.ChargeHistories;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What has become of a charge, by its step key; for services only. */
@Path("/v1/charges/{key:[A-Za-z0-9:_-]{1,100}}/history")
@ApplicationScoped
@RolesAllowed("service")
@Produces(MediaType.APPLICATION_JSON)
public class ChargeHistoryV1Resource {
  private ChargeHistories histories;

  ChargeHistoryV1Resource() {}

  @Inject
  ChargeHistoryV1Resource(ChargeHistories histories) {
    this.histories = histories;
  }

  @GET
  public ChargeHistoryV1 read(@PathParam("key") String key) {
    return ChargeHistoryV1.from(key, histories.find(key));
  }
}
