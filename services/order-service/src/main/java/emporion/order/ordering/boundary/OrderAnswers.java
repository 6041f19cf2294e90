package emporion.order.ordering.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.chassis.security.Caller;
import emporion.order.ordering.control.OrderRepository.OrderFilter;
import emporion.order.ordering.control.OrderService;
import emporion.order.ordering.control.OrderService.Customer;
import emporion.order.ordering.control.OrderService.Placement;
import emporion.order.ordering.control.OrderService.Wanted;
import emporion.order.ordering.control.PriceChanged;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderStatus;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The answers that all versions of the orders' paths share. An order that ended within two seconds
 * is answered 201, be it confirmed or cancelled for want of stock or money; one that takes longer
 * 202, to be asked for at its {@code Location}.
 */
@ApplicationScoped
public class OrderAnswers {
  private static final long SOON_SECONDS = 1;

  private OrderService ordering;

  OrderAnswers() {}

  @Inject
  OrderAnswers(OrderService ordering) {
    this.ordering = ordering;
  }

  /**
   * Places an order. A key means the same in all versions: what it made in one of them is replayed
   * in the others, in their shape.
   *
   * @param key null where the client sent none; each request makes an order then
   * @param lines where the request has its lines, as a JSON pointer
   */
  public Response place(
      String key,
      SecurityContext security,
      Wanted wanted,
      String lines,
      Representation<Shown> shape) {
    refuseDoubles(wanted, lines);
    if (key != null) {
      Idempotency.check("Idempotency-Key", key);
    }
    var usedKey = key == null ? "none:" + UUID.randomUUID() : key;
    try {
      return placed(ordering.place(customer(security), usedKey, wanted, lines), shape);
    } catch (PriceChanged change) {
      return Response.status(PriceChangedProblem.STATUS)
          .type(ProblemDocument.MEDIA_TYPE)
          .entity(PriceChangedProblem.of(change))
          .build();
    }
  }

  private static Response placed(Placement placement, Representation<Shown> shape) {
    var answer = settled(placement.order(), Response.Status.CREATED, shape);
    if (placement.replayed()) {
      answer.header(Idempotency.REPLAYED, "true");
    }
    return answer.build();
  }

  /** The key of an order that is looked for. An empty one is refused: it would find all orders. */
  public static Optional<String> key(String value) {
    if (value != null) {
      Idempotency.check("idempotency_key", value);
    }
    return Optional.ofNullable(value);
  }

  private static Customer customer(SecurityContext security) {
    var caller = Caller.of(security);
    var token = (JsonWebToken) security.getUserPrincipal();
    return new Customer(caller.userId(), token.getRawToken());
  }

  private static void refuseDoubles(Wanted wanted, String lines) {
    var seen = new HashSet<UUID>();
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < wanted.lines().size(); i++) {
      if (!seen.add(wanted.lines().get(i).productId())) {
        errors.add(new FieldError(lines + "/" + i + "/product_id", "stands in an earlier one too"));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private static Response.ResponseBuilder settled(
      Order order, Response.Status done, Representation<Shown> shape) {
    var pending = order.status() == OrderStatus.PENDING;
    var answer =
        Response.status(pending ? Response.Status.ACCEPTED : done)
            .header(HttpHeaders.LOCATION, location(order.id(), shape))
            .tag(Etag.of(shape.version(), order.version()))
            .entity(shape.of().apply(new Shown(order)));
    return pending ? answer.header(HttpHeaders.RETRY_AFTER, SOON_SECONDS) : answer;
  }

  private static String location(UUID id, Representation<Shown> shape) {
    return "/" + shape.version() + "/orders/" + id;
  }

  /** A page of orders, the newest first. */
  public Response list(
      OrderFilter filter, String limit, String cursor, Representation<Shown> shape) {
    var before = Cursor.decode(cursor, 1).map(place -> place.id(0));
    var page = ordering.list(filter, before, Query.limit(limit));
    return Response.ok(page.map(order -> shape.of().apply(new Shown(order)))).build();
  }

  /** One order with its timeline, to its customer and to staff; to others it does not exist. */
  public Response read(
      UUID id, SecurityContext security, Request request, Representation<Shown> shape) {
    var order = visible(id, security);
    var shown = shape.of().apply(new Shown(order, ordering.timeline(id)));
    return Etag.answer(request, Etag.of(shape.version(), order.version()), shown);
  }

  /** Calls an order off: 200 where that is done, 202 where it goes on. */
  public Response cancel(UUID id, SecurityContext security, Representation<Shown> shape) {
    var order = ordering.cancel(visible(id, security), Caller.of(security).subject());
    return order.status() == OrderStatus.CANCELLED
        ? settled(order, Response.Status.OK, shape).build()
        : Response.accepted(shape.of().apply(new Shown(order)))
            .header(HttpHeaders.LOCATION, location(id, shape))
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

  /**
   * What is shown of an order.
   *
   * @param timeline null in lists and where an order has just been placed
   */
  public record Shown(Order order, List<TimelineEntry> timeline) {
    Shown(Order order) {
      this(order, null);
    }
  }
}
