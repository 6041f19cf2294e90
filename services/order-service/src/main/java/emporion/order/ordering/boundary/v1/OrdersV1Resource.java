package emporion.order.ordering.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.security.Caller;
import emporion.order.ordering.boundary.OrdersResource;
import emporion.order.ordering.control.OrderRepository.OrderFilter;
import emporion.order.ordering.entity.OrderStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Version 1 of the orders' paths. */
@DeprecatedVersion
@Path("/v1")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class OrdersV1Resource extends OrdersResource<NewOrderV1> {
  OrdersV1Resource() {
    super(new Representation<>("v1", OrderV1::from));
  }

  /** A page of the caller's own, the newest first. */
  @GET
  @Path("/orders")
  @RolesAllowed(Caller.SIGNED_IN)
  public Response own(
      @QueryParam("idempotency_key") String key,
      @QueryParam("status") String status,
      @QueryParam("created_from") String from,
      @QueryParam("created_to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return own(key, filter(status, from, to), limit, cursor);
  }

  /** A page of all, or of one customer's, the newest first. */
  @GET
  @Path("/admin/orders")
  @RolesAllowed({"admin", "support"})
  public Response all(
      @QueryParam("user_id") String customer,
      @QueryParam("status") String status,
      @QueryParam("created_from") String from,
      @QueryParam("created_to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter = filter(status, from, to).of(Query.id("user_id", customer));
    return list(filter, limit, cursor);
  }

  private static OrderFilter filter(String status, String from, String to) {
    return OrderFilter.all(
        Query.oneOf("status", status, OrderStatus.class),
        Query.time("created_from", from),
        Query.time("created_to", to));
  }
}
