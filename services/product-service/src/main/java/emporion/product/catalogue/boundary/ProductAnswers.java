package emporion.product.catalogue.boundary;

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
import emporion.product.catalogue.control.ProductQuery.Word;
import emporion.product.catalogue.entity.Money;
import emporion.product.catalogue.entity.Offer;
import emporion.product.catalogue.entity.ProductSpec;
import emporion.product.catalogue.entity.ProductStatus;
import emporion.product.catalogue.entity.SearchText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The answers that all versions of the products' paths share. */
@ApplicationScoped
public class ProductAnswers {
  private static final String[] KEEPERS = {"catalogue_manager", "admin", "support"};
  private static final int MAX_WORDS = 8;

  private Catalogue catalogue;
  private Idempotency idempotency;

  ProductAnswers() {}

  @Inject
  ProductAnswers(Catalogue catalogue, Idempotency idempotency) {
    this.catalogue = catalogue;
    this.idempotency = idempotency;
  }

  /** A page of the list, or with {@code ids} the published ones among those. */
  public Page<Record> list(ListRequest list, SecurityContext security, Representation shape) {
    var query =
        new ProductQuery(
            words(list.words),
            false,
            Query.text("category", list.category, 100).map(ProductSpec::categoryKey),
            Query.number(list.from.name, list.from.value, 0, Money.MAX),
            Query.number(list.to.name, list.to.value, 0, Money.MAX),
            status(list.status, security));
    var order = ListOrder.of(list.sort, !query.words().isEmpty());
    var after = Cursor.decode(list.cursor, order.cursorSize());
    int limit = Query.limit(list.limit);
    if (list.ids != null) {
      var offers = catalogue.published(ids(list.ids));
      return new Page<>(offers.stream().map(shape.of()).toList(), null);
    }
    return catalogue.list(query, order, after, limit).map(shape.of());
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

  private static ProductStatus status(String value, SecurityContext security) {
    var status = Query.oneOf("status", value, ProductStatus.class).orElse(ProductStatus.PUBLISHED);
    if (status != ProductStatus.PUBLISHED && !isKeeper(security)) {
      throw security.getUserPrincipal() == null ? Problem.unauthenticated() : Problem.forbidden();
    }
    return status;
  }

  private static boolean isKeeper(SecurityContext security) {
    return Stream.of(KEEPERS).anyMatch(security::isUserInRole);
  }

  /** One product; to all but those who keep the shop only published ones exist. */
  public Response read(UUID id, SecurityContext security, Request request, Representation shape) {
    var offer =
        catalogue
            .find(id)
            .filter(it -> it.status() == ProductStatus.PUBLISHED || isKeeper(security))
            .orElseThrow(() -> Problem.notFound("product"));
    return Etag.answer(request, tag(offer, offer.stockVersion(), shape), shape.of().apply(offer));
  }

  /**
   * A new product; 201, or what an earlier request with the same key was answered.
   *
   * @param body as it came; a key is good for the same body only
   */
  public Response create(
      String key, SecurityContext security, Record body, NewProduct product, Representation shape) {
    var by = Caller.of(security).subject();
    return idempotency.once(
        "create-product:" + by,
        key,
        new Creation(shape.version(), body),
        () ->
            created(
                catalogue.create(product.spec(), product.status(), product.onHand(), by), shape));
  }

  private static Response created(Offer offer, Representation shape) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/" + shape.version() + "/products/" + offer.id())
        .tag(tag(offer, offer.stockVersion(), shape))
        .entity(shape.of().apply(offer))
        .build();
  }

  /** Changes words or price for somebody who has seen what they are. */
  public Response change(
      UUID id, ProductChange change, Request request, HttpHeaders headers, Representation shape) {
    var offer =
        catalogue.change(
            id,
            now -> Etag.demand(request, headers, tag(now, stockSeen(headers, now, shape), shape)),
            change::onto);
    return changed(offer, shape);
  }

  /** An order that came in between is nobody's change of the product. */
  private static long stockSeen(HttpHeaders headers, Offer now, Representation shape) {
    var header = Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_MATCH)).orElse("");
    var seen =
        Pattern.compile("\"" + shape.version() + "-" + now.version() + "-(\\d{1,18})\"")
            .matcher(header);
    return seen.find() ? Long.parseLong(seen.group(1)) : now.stockVersion();
  }

  public Response publish(UUID id, Representation shape) {
    return changed(catalogue.publish(id), shape);
  }

  public Response retire(UUID id, Representation shape) {
    return changed(catalogue.retire(id), shape);
  }

  private static Response changed(Offer offer, Representation shape) {
    return Response.ok(shape.of().apply(offer))
        .tag(tag(offer, offer.stockVersion(), shape))
        .build();
  }

  private static EntityTag tag(Offer offer, long stockVersion, Representation shape) {
    return Etag.of(shape.version() + "-" + offer.version(), stockVersion);
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

  private record Creation(String version, Record body) {}
}
