package emporion.order.neighbours;

import emporion.order.ordering.entity.Money;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** What ordering reads of the catalogue. */
@Path("/v1/products")
@Produces(MediaType.APPLICATION_JSON)
public interface ProductsApi {
  /** The published products among these, in no order; up to 100 ids, separated by commas. */
  @GET
  Found find(@QueryParam("ids") String ids);

  /** The answer. */
  record Found(List<Product> items) {}

  /** A product as far as ordering cares. */
  record Product(UUID id, String name, Money price) {}
}
