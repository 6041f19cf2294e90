package emporion.order.ordering.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Representation;
import emporion.order.ordering.boundary.SagasResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the sagas' paths. */
@DeprecatedVersion
@Path("/v1/admin/sagas")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SagasV1Resource extends SagasResource {
  SagasV1Resource() {
    super(new Representation<>("v1", SagaV1::from));
  }
}
