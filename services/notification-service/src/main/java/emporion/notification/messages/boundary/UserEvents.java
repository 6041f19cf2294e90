package emporion.notification.messages.boundary;

import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.EventHandler;
import emporion.notification.messages.control.NotificationService;
import emporion.notification.messages.entity.ResetNews;
import emporion.notification.messages.entity.UserNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** Takes in what happens to accounts. */
@ApplicationScoped
public class UserEvents implements EventHandler {
  private static final String QUEUE = "notification-service.users";

  private NotificationService notifications;

  UserEvents() {}

  @Inject
  UserEvents(NotificationService notifications) {
    this.notifications = notifications;
  }

  @Override
  public String queue() {
    return QUEUE;
  }

  @Override
  public Set<String> types() {
    return Set.of("user_registered", "user_changed", "user_erased", "password_reset_requested");
  }

  @Override
  public void on(Event event) {
    switch (event.type()) {
      case "user_registered" -> notifications.registered(QUEUE, event, event.as(UserNews.class));
      case "user_changed" -> notifications.changed(QUEUE, event, event.as(UserNews.class));
      case "user_erased" -> notifications.erased(QUEUE, event, event.as(UserNews.class));
      case "password_reset_requested" ->
          notifications.forgot(QUEUE, event, event.as(ResetNews.class));
      default -> throw new IllegalArgumentException("Not an event of users");
    }
  }
}
