package emporion.notification.messages.control;

import emporion.chassis.data.Gauges;
import emporion.notification.messages.entity.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.annotation.Gauge;

/** What an operator sees of the mails. */
@ApplicationScoped
public class NotificationMetrics {
  private static final Metadata STEPS =
      Metadata.builder()
          .withName("notifications")
          .withDescription("Notifications that came to a status, by kind")
          .build();
  private static final String PENDING = "notifications_pending";
  private static final String NOT_LEFT =
      "Notifications that have not left yet: queued, or waiting for an address";

  private MetricRegistry metrics;
  private NotificationRepository notifications;

  NotificationMetrics() {}

  @Inject
  NotificationMetrics(MetricRegistry metrics, NotificationRepository notifications) {
    this.metrics = metrics;
    this.notifications = notifications;
  }

  @Gauge(
      name = PENDING,
      absolute = true,
      tags = "status=queued",
      unit = MetricUnits.NONE,
      description = NOT_LEFT)
  public double queued() {
    return Gauges.orNaN(() -> notifications.count(Status.QUEUED));
  }

  @Gauge(
      name = PENDING,
      absolute = true,
      tags = "status=waiting",
      unit = MetricUnits.NONE,
      description = NOT_LEFT)
  public double waiting() {
    return Gauges.orNaN(() -> notifications.count(Status.WAITING));
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) Step step) {
    metrics
        .counter(
            STEPS, new Tag("kind", step.kind().wire()), new Tag("status", step.status().wire()))
        .inc();
  }
}
