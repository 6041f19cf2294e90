package emporion.order.ordering.boundary.v2;

import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.security.Caller;
import emporion.order.ordering.boundary.OrderAnswers;
import emporion.order.ordering.boundary.OrderAnswers.Shown;
import emporion.order.ordering.boundary.Representation;
import emporion.order.ordering.control.OrderRepository.OrderFilter;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;

/** Orders: a shopper's own, and all of them for staff. */
@Path("/v2")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrdersV2Resource {
  private static final Representation<Shown> SHAPE = new Representation<>("v2", OrderV2::from);

  private OrderAnswers answers;

  OrdersV2Resource() {}

  @Inject
  OrdersV2Resource(OrderAnswers answers) {
    this.answers = answers;
  }

  @POST
  @Path("/orders")
  @RolesAllowed("shopper")
  public Response place(
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewOrderV2 wanted) {
    return answers.place(key, security, wanted.toWanted(), "/lines", SHAPE);
  }

  @GET
  @Path("/orders")
  public Response own(
      @Context SecurityContext security,
      @QueryParam("idempotency_key") String key,
      @QueryParam("status") String status,
      @QueryParam("placed_from") String from,
      @QueryParam("placed_to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter = filter(Optional.of(Caller.of(security).userId()), status, from, to);
    return answers.list(filter.own(OrderAnswers.key(key)), limit, cursor, SHAPE);
  }

  @GET
  @Path("/admin/orders")
  @RolesAllowed({"admin", "support"})
  public Response all(
      @QueryParam("customer_id") String customerId,
      @QueryParam("status") String status,
      @QueryParam("placed_from") String from,
      @QueryParam("placed_to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter = filter(Query.id("customer_id", customerId), status, from, to);
    return answers.list(filter, limit, cursor, SHAPE);
  }

  private static OrderFilter filter(
      Optional<UUID> customerId, String status, String from, String to) {
    return OrderFilter.all(
        customerId,
        Query.oneOf("status", status, OrderStatus.class),
        Query.time("placed_from", from),
        Query.time("placed_to", to));
  }

  @GET
  @Path("/orders/" + PathId.TEMPLATE)
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    return answers.read(id, security, request, SHAPE);
  }

  @POST
  @Path("/orders/" + PathId.TEMPLATE + "/cancel")
  @Consumes(MediaType.WILDCARD)
  public Response cancel(@PathParam("id") UUID id, @Context SecurityContext security) {
    return answers.cancel(id, security, SHAPE);
  }
}
