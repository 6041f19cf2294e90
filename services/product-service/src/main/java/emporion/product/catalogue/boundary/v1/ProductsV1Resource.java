package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
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

/** Version 1 of the products' paths. */
@DeprecatedVersion
@Path("/v1/products")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProductsV1Resource extends ProductsResource<NewProductV1> {
  ProductsV1Resource() {
    super(new Representation<>("v1", ProductV1::from));
  }

  /** A page of the list, or with {@code ids} the published ones among those. */
  @GET
  @PermitAll
  public Page<Record> list(
      @QueryParam("ids") String ids,
      @QueryParam("q") String words,
      @QueryParam("category") String category,
      @QueryParam("min_price") String from,
      @QueryParam("max_price") String to,
      @QueryParam("status") String status,
      @QueryParam("sort") String sort,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return list(
        new ListRequest(
            ids,
            new Parameter("q", words),
            category,
            new Parameter("min_price", from),
            new Parameter("max_price", to),
            status,
            sort,
            limit,
            cursor));
  }
}
