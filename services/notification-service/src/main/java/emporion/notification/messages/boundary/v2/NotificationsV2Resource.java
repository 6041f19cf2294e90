package emporion.notification.messages.boundary.v2;

import emporion.chassis.http.Representation;
import emporion.notification.messages.boundary.NotificationsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the notifications' paths. */
@Path("/v2/notifications")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class NotificationsV2Resource extends NotificationsResource {
  NotificationsV2Resource() {
    super(
        new Representation<>("v2", NotificationV2::from),
        new Representation<>("v2", NotificationV2::from));
  }
}
