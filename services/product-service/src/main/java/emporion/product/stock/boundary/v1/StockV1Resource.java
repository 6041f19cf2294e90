package emporion.product.stock.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Representation;
import emporion.product.stock.boundary.StockResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the paths of stock. */
@DeprecatedVersion
@Path("/v1/stock/" + PathId.TEMPLATE)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class StockV1Resource extends StockResource {
  StockV1Resource() {
    super(
        new Representation<>("v1", StockV1::from), new Representation<>("v1", AdjustmentV1::from));
  }
}
