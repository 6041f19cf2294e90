package emporion.order.ordering.boundary.v2;

import emporion.chassis.http.Representation;
import emporion.order.ordering.boundary.SagasResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the sagas' paths. */
@Path("/v2/admin/sagas")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SagasV2Resource extends SagasResource {
  SagasV2Resource() {
    super(new Representation<>("v2", SagaV2::from));
  }
}
