package emporion.order.ordering.control;

import emporion.chassis.data.Gauges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.annotation.Gauge;

/** What operators are alerted by: how orders end, and those that don't. */
@ApplicationScoped
public class OrderMetrics {
  private static final Metadata ENDS =
      Metadata.builder()
          .withName("orders_total")
          .withDescription("Orders that came to a status, by its reason")
          .build();

  private MetricRegistry metrics;
  private SagaRepository sagas;

  OrderMetrics() {}

  @Inject
  OrderMetrics(MetricRegistry metrics, SagaRepository sagas) {
    this.metrics = metrics;
    this.sagas = sagas;
  }

  @Gauge(
      name = "sagas_open",
      absolute = true,
      unit = MetricUnits.NONE,
      description = "Orders that are neither confirmed nor cancelled yet")
  public double open() {
    return Gauges.orNaN(sagas::open);
  }

  @Gauge(
      name = "sagas_needing_operator",
      absolute = true,
      unit = MetricUnits.NONE,
      description = "Open sagas that have failed ten times at one step")
  public double flagged() {
    return Gauges.orNaN(sagas::flagged);
  }

  @Gauge(
      name = "saga_oldest_open",
      absolute = true,
      unit = MetricUnits.SECONDS,
      description = "The age of the oldest open saga")
  public double oldest() {
    return Gauges.orNaN(() -> sagas.oldestOpen().toMillis() / 1_000.0);
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrderTransactions.Ended end) {
    var reason = end.reason() == null ? "none" : end.reason().wire();
    metrics.counter(ENDS, new Tag("status", end.status().wire()), new Tag("reason", reason)).inc();
  }
}
