package emporion.product.stock.boundary.v2;

import emporion.chassis.http.PathId;
import emporion.chassis.http.Representation;
import emporion.product.stock.boundary.StockResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the paths of stock. */
@Path("/v2/stock/" + PathId.TEMPLATE)
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class StockV2Resource extends StockResource {
  StockV2Resource() {
    super(
        new Representation<>("v2", StockV2::from), new Representation<>("v2", AdjustmentV2::from));
  }
}
