package emporion.notification.messages.control;

import emporion.chassis.data.Gauges;
import emporion.notification.messages.entity.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What an operator sees of the mails. */
@ApplicationScoped
class NotificationMetrics {
  private static final Metadata STEPS =
      Metadata.builder()
          .withName("notifications")
          .withDescription("Notifications that came to a status, by kind")
          .build();
  private static final Metadata PENDING =
      Metadata.builder()
          .withName("notifications_pending")
          .withDescription(
              "Notifications that have not left yet: queued, or waiting for an address")
          .build();

  private MetricRegistry metrics;
  private NotificationRepository notifications;

  NotificationMetrics() {}

  @Inject
  NotificationMetrics(MetricRegistry metrics, NotificationRepository notifications) {
    this.metrics = metrics;
    this.notifications = notifications;
  }

  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
    for (var status : List.of(Status.QUEUED, Status.WAITING)) {
      metrics.gauge(
          PENDING,
          notifications,
          Gauges.orNaN(from -> from.count(status)),
          new Tag("status", status.wire()));
    }
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) Step step) {
    metrics
        .counter(
            STEPS, new Tag("kind", step.kind().wire()), new Tag("status", step.status().wire()))
        .inc();
  }
}
