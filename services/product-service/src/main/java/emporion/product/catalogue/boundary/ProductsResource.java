package emporion.product.catalogue.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Page;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.product.catalogue.control.Catalogue;
import emporion.product.catalogue.control.ListOrder;
import emporion.product.catalogue.control.ProductQuery;
import emporion.product.catalogue.control.ProductQuery.Word;
import emporion.product.catalogue.entity.Money;
import emporion.product.catalogue.entity.Offer;
import emporion.product.catalogue.entity.ProductSpec;
import emporion.product.catalogue.entity.ProductStatus;
import emporion.product.catalogue.entity.SearchText;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Products: everybody reads what is published, catalogue managers keep it.
 *
 * @param <N> how a version asks for a product
 */
public abstract class ProductsResource<N extends NewProductRequest> {
  private static final String[] KEEPERS = {"catalogue_manager", "admin", "support"};
  private static final int MAX_WORDS = 8;

  private final Representation<Offer> representation;
  @Inject private Catalogue catalogue;
  @Inject private Idempotency idempotency;
  @Inject private JsonWebToken token;

  protected ProductsResource(Representation<Offer> representation) {
    this.representation = representation;
  }

  /** A page of the list, or with {@code ids} the published ones among those. */
  protected Page<Record> list(ListRequest list) {
    var query =
        new ProductQuery(
            words(list.words),
            false,
            Query.text("category", list.category, 100).map(ProductSpec::categoryKey),
            Query.number(list.from.name, list.from.value, 0, Money.MAX),
            Query.number(list.to.name, list.to.value, 0, Money.MAX),
            status(list.status));
    var order =
        ListOrder.of(list.sort, !query.words().isEmpty())
            .orElseThrow(() -> Problem.invalid("sort", "must be one of " + ListOrder.names()));
    var after = Cursor.decode(list.cursor, order.cursorSize());
    int limit = Query.limit(list.limit);
    if (list.ids != null) {
      var offers = catalogue.published(ids(list.ids));
      return new Page<>(offers.stream().map(representation::of).toList(), null);
    }
    return catalogue.list(query, order, after, limit).map(representation::of);
  }

  private static List<UUID> ids(String list) {
    var ids =
        Stream.of(list.split(",", Catalogue.MAX_IDS + 1))
            .filter(id -> !id.isBlank())
            .map(id -> Query.id("ids", id.strip()).orElseThrow())
            .distinct()
            .toList();
    if (ids.isEmpty() || ids.size() > Catalogue.MAX_IDS) {
      throw Problem.invalid("ids", "must be 1 to " + Catalogue.MAX_IDS + " ids, between commas");
    }
    return ids;
  }

  private static List<Word> words(Parameter said) {
    var words = Query.text(said.name, said.value, 100).map(SearchText::words).orElse(List.of());
    if (words.size() > MAX_WORDS) {
      throw Problem.invalid(said.name, "must have at most " + MAX_WORDS + " words");
    }
    return words.stream().map(Word::of).toList();
  }

  private ProductStatus status(String value) {
    var status = Query.oneOf("status", value, ProductStatus.class).orElse(ProductStatus.PUBLISHED);
    if (status != ProductStatus.PUBLISHED && !isKeeper()) {
      throw token.getName() == null ? Problem.unauthenticated() : Problem.forbidden();
    }
    return status;
  }

  private boolean isKeeper() {
    return Stream.of(KEEPERS).anyMatch(token.getGroups()::contains);
  }

  /** One product; to all but those who keep the shop only published ones exist. */
  @GET
  @Path("/" + PathId.TEMPLATE)
  @PermitAll
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    var offer =
        catalogue
            .find(id)
            .filter(it -> it.status() == ProductStatus.PUBLISHED || isKeeper())
            .orElseThrow(() -> Problem.notFound("product"));
    return Etag.answer(request, tag(offer, offer.stockVersion()), representation.of(offer));
  }

  /**
   * A new product; 201, or what an earlier request with the same key was answered. A key is good
   * for the same body only.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response create(@HeaderParam("Idempotency-Key") String key, N body) {
    var product = body.toNewProduct();
    var by = token.getSubject();
    return idempotency.once(
        "create-product:" + by,
        key,
        new Creation(representation.version(), body),
        () -> created(catalogue.create(product.spec(), product.status(), product.onHand(), by)));
  }

  private Response created(Offer offer) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, representation.path("products/" + offer.id()))
        .tag(tag(offer, offer.stockVersion()))
        .entity(representation.of(offer))
        .build();
  }

  /** Changes words or price for somebody who has seen what they are. */
  @PATCH
  @Path("/" + PathId.TEMPLATE)
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response change(
      @PathParam("id") UUID id,
      @Context Request request,
      @Context HttpHeaders headers,
      ProductChange change) {
    var offer =
        catalogue.change(
            id,
            now -> Etag.demand(request, headers, tag(now, stockSeen(headers, now))),
            change::onto);
    return changed(offer);
  }

  /** An order that came in between is nobody's change of the product. */
  private long stockSeen(HttpHeaders headers, Offer now) {
    var header = Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_MATCH)).orElse("");
    var seen =
        Pattern.compile("\"" + representation.version() + "-" + now.version() + "-(\\d{1,18})\"")
            .matcher(header);
    return seen.find() ? Long.parseLong(seen.group(1)) : now.stockVersion();
  }

  @POST
  @Path("/" + PathId.TEMPLATE + "/publish")
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response publish(@PathParam("id") UUID id) {
    return changed(catalogue.publish(id));
  }

  @POST
  @Path("/" + PathId.TEMPLATE + "/retire")
  @RolesAllowed({"catalogue_manager", "admin"})
  public Response retire(@PathParam("id") UUID id) {
    return changed(catalogue.retire(id));
  }

  private Response changed(Offer offer) {
    return Response.ok(representation.of(offer)).tag(tag(offer, offer.stockVersion())).build();
  }

  private EntityTag tag(Offer offer, long stockVersion) {
    return Etag.of(representation.version() + "-" + offer.version(), stockVersion);
  }

  /** The query parameters of the list; those that versions call differently with their names. */
  public record ListRequest(
      String ids,
      Parameter words,
      String category,
      Parameter from,
      Parameter to,
      String status,
      String sort,
      String limit,
      String cursor) {}

  /**
   * A query parameter.
   *
   * @param name as this version calls it, for the words about a bad one
   * @param value null where it is absent
   */
  public record Parameter(String name, String value) {}

  private record Creation(String version, Object body) {}
}
