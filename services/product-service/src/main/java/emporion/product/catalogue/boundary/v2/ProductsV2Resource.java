package emporion.product.catalogue.boundary.v2;

import emporion.chassis.http.Page;
import emporion.chassis.http.Representation;
import emporion.product.catalogue.boundary.ProductsResource;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the products' paths. */
@Path("/v2/products")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProductsV2Resource extends ProductsResource<NewProductV2> {
  ProductsV2Resource() {
    super(new Representation<>("v2", ProductV2::from));
  }

  /** A page of the list, or with {@code ids} the published ones among those. */
  @GET
  @PermitAll
  public Page<Record> list(
      @QueryParam("ids") String ids,
      @QueryParam("search") String words,
      @QueryParam("category") String category,
      @QueryParam("price_from") String from,
      @QueryParam("price_to") String to,
      @QueryParam("status") String status,
      @QueryParam("sort") String sort,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return list(
        new ListRequest(
            ids,
            new Parameter("search", words),
            category,
            new Parameter("price_from", from),
            new Parameter("price_to", to),
            status,
            sort,
            limit,
            cursor));
  }
}
