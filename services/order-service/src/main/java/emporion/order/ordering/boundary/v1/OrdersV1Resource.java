package emporion.order.ordering.boundary.v1;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.order.ordering.control.OrderBook.OrderFilter;
import emporion.order.ordering.control.Ordering;
import emporion.order.ordering.control.Ordering.Customer;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Orders: a shopper's own, and all of them for staff. An order that ended within two seconds is
 * answered 201, be it confirmed or cancelled for want of stock or money; one that takes longer 202,
 * to be asked for at its {@code Location}.
 */
@Path("/v1")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrdersV1Resource {
  private static final long SOON_SECONDS = 1;

  private Ordering ordering;

  OrdersV1Resource() {}

  @Inject
  OrdersV1Resource(Ordering ordering) {
    this.ordering = ordering;
  }

  @POST
  @Path("/orders")
  @RolesAllowed("shopper")
  public Response place(
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewOrderV1 wanted) {
    refuseDoubles(wanted);
    if (key != null) {
      Idempotency.check(key);
    }
    var usedKey = key == null ? "none:" + UUID.randomUUID() : key;
    var placement = ordering.place(customer(security), usedKey, wanted.toWanted());
    var answer = settled(placement.order(), Response.Status.CREATED);
    if (placement.replayed()) {
      answer.header(Idempotency.REPLAYED, "true");
    }
    return answer.build();
  }

  private static Customer customer(SecurityContext security) {
    var caller = Caller.of(security);
    var token = (JsonWebToken) security.getUserPrincipal();
    return new Customer(caller.userId(), token.getRawToken());
  }

  private static void refuseDoubles(NewOrderV1 wanted) {
    var seen = new HashSet<UUID>();
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < wanted.items().size(); i++) {
      if (!seen.add(wanted.items().get(i).productId())) {
        errors.add(new FieldError("/items/" + i + "/product_id", "stands in an earlier item too"));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private static Response.ResponseBuilder settled(Order order, Response.Status done) {
    var pending = order.status() == OrderStatus.PENDING;
    var answer =
        Response.status(pending ? Response.Status.ACCEPTED : done)
            .header(HttpHeaders.LOCATION, "/v1/orders/" + order.id())
            .tag(Etag.of("v1", order.version()))
            .entity(OrderV1.from(order));
    return pending ? answer.header(HttpHeaders.RETRY_AFTER, SOON_SECONDS) : answer;
  }

  @GET
  @Path("/orders")
  public Response own(
      @Context SecurityContext security,
      @QueryParam("status") String status,
      @QueryParam("created_from") String from,
      @QueryParam("created_to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return page(Optional.of(Caller.of(security).userId()), status, from, to, limit, cursor);
  }

  @GET
  @Path("/admin/orders")
  @RolesAllowed({"admin", "support"})
  public Response all(
      @QueryParam("user_id") String userId,
      @QueryParam("status") String status,
      @QueryParam("created_from") String from,
      @QueryParam("created_to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return page(Query.id("user_id", userId), status, from, to, limit, cursor);
  }

  private Response page(
      Optional<UUID> userId, String status, String from, String to, String limit, String cursor) {
    var filter =
        new OrderFilter(
            userId,
            Query.oneOf("status", status, OrderStatus.class),
            Query.time("created_from", from),
            Query.time("created_to", to));
    var before = Cursor.decode(cursor, 1).flatMap(c -> Query.id("cursor", c.parts().getFirst()));
    return Response.ok(ordering.list(filter, before, Query.limit(limit)).map(OrderV1::from))
        .build();
  }

  @GET
  @Path("/orders/" + PathId.TEMPLATE)
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    var order = visible(id, security);
    var shown = OrderV1.from(order, ordering.timeline(id));
    return Etag.answer(request, Etag.of("v1", order.version()), shown);
  }

  @POST
  @Path("/orders/" + PathId.TEMPLATE + "/cancel")
  @Consumes(MediaType.WILDCARD)
  public Response cancel(@PathParam("id") UUID id, @Context SecurityContext security) {
    var order = ordering.cancel(visible(id, security));
    return order.status() == OrderStatus.CANCELLED
        ? settled(order, Response.Status.OK).build()
        : Response.accepted(OrderV1.from(order))
            .header(HttpHeaders.LOCATION, "/v1/orders/" + id)
            .header(HttpHeaders.RETRY_AFTER, SOON_SECONDS)
            .build();
  }

  private Order visible(UUID id, SecurityContext security) {
    var caller = Caller.of(security);
    return ordering
        .find(id)
        .filter(order -> caller.is(order.userId()) || caller.isAny("admin", "support"))
        .orElseThrow(() -> Problem.notFound("order"));
  }
}
