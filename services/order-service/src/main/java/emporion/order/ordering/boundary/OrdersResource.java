package emporion.order.ordering.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.order.ordering.control.OrderRefused;
import emporion.order.ordering.control.OrderRepository.OrderFilter;
import emporion.order.ordering.control.OrderService;
import emporion.order.ordering.control.OrderService.Customer;
import emporion.order.ordering.control.OrderService.Placement;
import emporion.order.ordering.control.OrderService.Wanted;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderStatus;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Orders: a shopper's own, and all of them for staff. An order that ended within two seconds is
 * answered 201, be it confirmed or cancelled for want of stock or money; one that takes longer 202,
 * to be asked for at its {@code Location}. A key means the same in all versions: what it made in
 * one of them is replayed in the others, in their shape.
 *
 * @param <N> how a version asks for an order
 */
public abstract class OrdersResource<N extends NewOrder> {
  private static final long SOON_SECONDS = 1;

  private final Representation<Shown> representation;
  @Inject private OrderService ordering;
  @Inject private JsonWebToken token;

  protected OrdersResource(Representation<Shown> representation) {
    this.representation = representation;
  }

  /** Each request without a key makes an order. */
  @POST
  @Path("/orders")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed("shopper")
  public Response place(@HeaderParam("Idempotency-Key") String key, N order) {
    var wanted = order.toWanted();
    refuseDoubles(wanted, order.pointer());
    if (key != null) {
      Idempotency.check("Idempotency-Key", key);
    }
    var usedKey = key == null ? "none:" + UUID.randomUUID() : key;
    var customer = new Customer(Caller.of(token).userId(), token.getRawToken());
    try {
      return placed(ordering.place(customer, usedKey, wanted));
    } catch (OrderRefused refused) {
      return RefusedOrder.answer(refused.why(), order.pointer());
    }
  }

  private static void refuseDoubles(Wanted wanted, String pointer) {
    var seen = new HashSet<UUID>();
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < wanted.lines().size(); i++) {
      if (!seen.add(wanted.lines().get(i).productId())) {
        errors.add(
            new FieldError(pointer + "/" + i + "/product_id", "stands in an earlier one too"));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private Response placed(Placement placement) {
    var answer = settled(placement.order(), Response.Status.CREATED);
    if (placement.replayed()) {
      answer.header(Idempotency.REPLAYED, "true");
    }
    return answer.build();
  }

  private Response.ResponseBuilder settled(Order order, Response.Status done) {
    var pending = order.status() == OrderStatus.PENDING;
    var answer =
        Response.status(pending ? Response.Status.ACCEPTED : done)
            .header(HttpHeaders.LOCATION, location(order.id()))
            .tag(representation.tag(order.version()))
            .entity(shown(order));
    return pending ? answer.header(HttpHeaders.RETRY_AFTER, SOON_SECONDS) : answer;
  }

  /** A page of the caller's own, the newest first. */
  protected Response own(String key, OrderFilter filter, String limit, String cursor) {
    if (key != null) {
      Idempotency.check("idempotency_key", key); // an empty one would find all orders
    }
    return list(filter.own(Caller.of(token).userId(), Optional.ofNullable(key)), limit, cursor);
  }

  /** A page of orders, the newest first. */
  protected Response list(OrderFilter filter, String limit, String cursor) {
    var before = Cursor.decode(cursor, 1).map(place -> place.id(0));
    var page = ordering.list(filter, before, Query.limit(limit));
    return Response.ok(page.map(this::shown)).build();
  }

  /** One order with its timeline, to its customer and to staff; to others it does not exist. */
  @GET
  @Path("/orders/" + PathId.TEMPLATE)
  @RolesAllowed(Caller.SIGNED_IN)
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    var order = visible(id);
    var shown = representation.of(new Shown(order, ordering.timeline(id)));
    return Etag.answer(request, representation.tag(order.version()), shown);
  }

  /** Calls an order off: 200 where that is done, 202 where it goes on. */
  @POST
  @Path("/orders/" + PathId.TEMPLATE + "/cancel")
  @RolesAllowed(Caller.SIGNED_IN)
  public Response cancel(@PathParam("id") UUID id) {
    var order = ordering.cancel(visible(id), token.getSubject());
    return order.status() == OrderStatus.CANCELLED
        ? settled(order, Response.Status.OK).build()
        : Response.accepted(shown(order))
            .header(HttpHeaders.LOCATION, location(id))
            .header(HttpHeaders.RETRY_AFTER, SOON_SECONDS)
            .build();
  }

  private Order visible(UUID id) {
    var caller = Caller.of(token);
    return ordering
        .find(id)
        .filter(order -> caller.is(order.userId()) || caller.isAny("admin", "support"))
        .orElseThrow(() -> Problem.notFound("order"));
  }

  private String location(UUID id) {
    return representation.path("orders/" + id);
  }

  private Record shown(Order order) {
    return representation.of(new Shown(order, null));
  }

  /**
   * What is shown of an order.
   *
   * @param timeline null in lists and where an order has just been placed
   */
  public record Shown(Order order, List<TimelineEntry> timeline) {}
}
