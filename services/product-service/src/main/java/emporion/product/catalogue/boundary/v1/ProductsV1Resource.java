package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Page;
import emporion.chassis.http.PathId;
import emporion.product.catalogue.boundary.ProductAnswers;
import emporion.product.catalogue.boundary.ProductAnswers.ListRequest;
import emporion.product.catalogue.boundary.ProductAnswers.Parameter;
import emporion.product.catalogue.boundary.ProductChange;
import emporion.product.catalogue.boundary.Representation;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/** Products: everybody reads what is published, catalogue managers keep it. */
@DeprecatedVersion
@Path("/v1/products")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProductsV1Resource {
  private static final Representation SHAPE = new Representation("v1", ProductV1::from);

  private ProductAnswers answers;

  ProductsV1Resource() {}

  @Inject
  ProductsV1Resource(ProductAnswers answers) {
    this.answers = answers;
  }

  @GET
  @PermitAll
  public Page<Record> list(
      @Context SecurityContext security,
      @QueryParam("ids") String ids,
      @QueryParam("q") String words,
      @QueryParam("category") String category,
      @QueryParam("min_price") String from,
      @QueryParam("max_price") String to,
      @QueryParam("status") String status,
      @QueryParam("sort") String sort,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return answers.list(
        new ListRequest(
            ids,
            new Parameter("q", words),
            category,
            new Parameter("min_price", from),
            new Parameter("max_price", to),
            status,
            sort,
            limit,
            cursor),
        security,
        SHAPE);
  }

  @GET
  @Path("/" + PathId.TEMPLATE)
  @PermitAll
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    return answers.read(id, security, request, SHAPE);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response create(
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewProductV1 product) {
    return answers.create(key, security, product, product.toNewProduct(), SHAPE);
  }

  @PATCH
  @Path("/" + PathId.TEMPLATE)
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response change(
      @PathParam("id") UUID id,
      @Context Request request,
      @Context HttpHeaders headers,
      ProductChange change) {
    return answers.change(id, change, request, headers, SHAPE);
  }

  @POST
  @Path("/" + PathId.TEMPLATE + "/publish")
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response publish(@PathParam("id") UUID id) {
    return answers.publish(id, SHAPE);
  }

  @POST
  @Path("/" + PathId.TEMPLATE + "/retire")
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response retire(@PathParam("id") UUID id) {
    return answers.retire(id, SHAPE);
  }
}
