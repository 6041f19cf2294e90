package emporion.notification.messages.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Representation;
import emporion.notification.messages.boundary.NotificationsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the notifications' paths. */
@DeprecatedVersion
@Path("/v1/notifications")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class NotificationsV1Resource extends NotificationsResource {
  NotificationsV1Resource() {
    super(
        new Representation<>("v1", NotificationV1::from),
        new Representation<>("v1", NotificationV1::from));
  }
}
