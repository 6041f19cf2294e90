package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Page;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.product.catalogue.control.Catalogue;
import emporion.product.catalogue.control.ListOrder;
import emporion.product.catalogue.control.ProductQuery;
import emporion.product.catalogue.entity.Money;
import emporion.product.catalogue.entity.Offer;
import emporion.product.catalogue.entity.ProductStatus;
import emporion.product.catalogue.entity.SearchText;
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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Products: everybody reads what is published, catalogue managers keep it. */
@Path("/v1/products")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProductsV1Resource {
  private static final String ID = "{id:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}";
  private static final String[] KEEPERS = {"catalogue_manager", "admin", "support"};
  private static final int MAX_IDS = 100;
  private static final int MAX_WORDS = 8;

  private Catalogue catalogue;
  private Idempotency idempotency;

  ProductsV1Resource() {}

  @Inject
  ProductsV1Resource(Catalogue catalogue, Idempotency idempotency) {
    this.catalogue = catalogue;
    this.idempotency = idempotency;
  }

  @GET
  @PermitAll
  public Page<ProductV1> list(
      @Context SecurityContext security,
      @QueryParam("ids") String ids,
      @QueryParam("q") String words,
      @QueryParam("category") String category,
      @QueryParam("min_price") String minPrice,
      @QueryParam("max_price") String maxPrice,
      @QueryParam("status") String status,
      @QueryParam("sort") String sort,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    if (ids != null) {
      return new Page<>(catalogue.published(ids(ids)).stream().map(ProductV1::from).toList(), null);
    }
    var query =
        new ProductQuery(
            words(words),
            Query.text("category", category, 100),
            Query.number("min_price", minPrice, 0, Money.MAX),
            Query.number("max_price", maxPrice, 0, Money.MAX),
            status(status, security));
    return catalogue
        .list(query, ListOrder.of(sort), Cursor.decode(cursor, 3), Query.limit(limit))
        .map(ProductV1::from);
  }

  private static List<UUID> ids(String list) {
    var ids =
        Stream.of(list.split(",", MAX_IDS + 1))
            .filter(id -> !id.isBlank())
            .map(id -> Query.id("ids", id.strip()).orElseThrow())
            .distinct()
            .toList();
    if (ids.isEmpty() || ids.size() > MAX_IDS) {
      throw Problem.invalid("ids", "must be 1 to " + MAX_IDS + " ids, separated by commas");
    }
    return ids;
  }

  private static List<String> words(String value) {
    var words = Query.text("q", value, 100).map(SearchText::words).orElse(List.of());
    if (words.size() > MAX_WORDS) {
      throw Problem.invalid("q", "must have at most " + MAX_WORDS + " words");
    }
    return words;
  }

  private static ProductStatus status(String value, SecurityContext security) {
    var status = Query.oneOf("status", value, ProductStatus.class).orElse(ProductStatus.PUBLISHED);
    if (status != ProductStatus.PUBLISHED && !isKeeper(security)) {
      throw Problem.forbidden();
    }
    return status;
  }

  private static boolean isKeeper(SecurityContext security) {
    return Stream.of(KEEPERS).anyMatch(security::isUserInRole);
  }

  @GET
  @Path("/" + ID)
  @PermitAll
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    var offer =
        catalogue
            .find(id)
            .filter(it -> it.status() == ProductStatus.PUBLISHED || isKeeper(security))
            .orElseThrow(() -> Problem.notFound("product"));
    return Etag.answer(request, tag(offer, offer.stockVersion()), ProductV1.from(offer));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response create(
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewProductV1 product) {
    var by = Caller.of(security).subject();
    var spec = product.spec();
    var status = product.firstStatus();
    return idempotency.once(
        "create-product:" + by,
        key,
        product,
        () -> created(catalogue.create(spec, status, product.firstLevel(), by)));
  }

  private static Response created(Offer offer) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/v1/products/" + offer.id())
        .tag(tag(offer, offer.stockVersion()))
        .entity(ProductV1.from(offer))
        .build();
  }

  @PATCH
  @Path("/" + ID)
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response change(
      @PathParam("id") UUID id,
      @Context Request request,
      @Context HttpHeaders headers,
      ProductChangeV1 change) {
    var offer =
        catalogue.change(
            id,
            now -> Etag.demand(request, headers, tag(now, stockSeen(headers, now))),
            change::onto);
    return changed(offer);
  }

  /** An order that came in between is nobody's change of the product. */
  private static long stockSeen(HttpHeaders headers, Offer now) {
    var header = Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_MATCH)).orElse("");
    var seen = Pattern.compile("\"v1-" + now.version() + "-(\\d{1,18})\"").matcher(header);
    return seen.find() ? Long.parseLong(seen.group(1)) : now.stockVersion();
  }

  @POST
  @Path("/" + ID + "/publish")
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response publish(@PathParam("id") UUID id) {
    return changed(catalogue.publish(id));
  }

  @POST
  @Path("/" + ID + "/retire")
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response retire(@PathParam("id") UUID id) {
    return changed(catalogue.retire(id));
  }

  private static Response changed(Offer offer) {
    return Response.ok(ProductV1.from(offer)).tag(tag(offer, offer.stockVersion())).build();
  }

  private static EntityTag tag(Offer offer, long stockVersion) {
    return Etag.of("v1-" + offer.version(), stockVersion);
  }
}
