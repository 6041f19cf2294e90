package emporion.notification.messages.boundary.v1;

import emporion.chassis.http.Query;
import emporion.chassis.messaging.Receipts;
import emporion.chassis.problem.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Which events the consumers of this service have taken in, for another service to tell. */
@Path("/v1/event-receipts")
@ApplicationScoped
@RolesAllowed("service")
@Produces(MediaType.APPLICATION_JSON)
public class EventReceiptsV1Resource {
  /** As many as a line of a request has room for. */
  private static final int MOST = 100;

  private Receipts receipts;

  EventReceiptsV1Resource() {}

  @Inject
  EventReceiptsV1Resource(Receipts receipts) {
    this.receipts = receipts;
  }

  /** The receipts of up to a hundred events, in order of time. */
  @GET
  public EventReceiptsV1 list(@QueryParam("event_ids") String eventIds) {
    return EventReceiptsV1.from(receipts.consumers(), receipts.of(ids(eventIds)));
  }

  private static List<UUID> ids(String list) {
    if (list == null || list.isEmpty()) {
      return List.of();
    }
    var ids = Stream.of(list.split(",", -1)).map(EventReceiptsV1Resource::id).toList();
    if (ids.size() > MOST) {
      throw Problem.invalid("event_ids", "must be at most " + MOST);
    }
    return ids;
  }

  private static UUID id(String value) {
    return Query.id("event_ids", value)
        .orElseThrow(() -> Problem.invalid("event_ids", "must be UUIDs with commas between them"));
  }
}
