package emporion.order.ordering.control;

import emporion.chassis.data.Gauges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** What operators are alerted by: how orders end, and those that don't. */
@ApplicationScoped
public class OrderMetrics {
  private static final Metadata ENDS =
      Metadata.builder()
          .withName("orders_total")
          .withDescription("Orders that came to a status, by its reason")
          .build();
  private static final Metadata OPEN =
      Metadata.builder()
          .withName("sagas_open")
          .withDescription("Orders that are neither confirmed nor cancelled yet")
          .build();
  private static final Metadata FLAGGED =
      Metadata.builder()
          .withName("sagas_needing_operator")
          .withDescription("Open sagas that have failed ten times at one step")
          .build();
  private static final Metadata OLDEST =
      Metadata.builder()
          .withName("saga_oldest_open")
          .withDescription("The age of the oldest open saga")
          .withUnit(MetricUnits.SECONDS)
          .build();

  private MetricRegistry metrics;
  private SagaRepository sagas;

  OrderMetrics() {}

  @Inject
  OrderMetrics(MetricRegistry metrics, SagaRepository sagas) {
    this.metrics = metrics;
    this.sagas = sagas;
  }

  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
    metrics.gauge(OPEN, sagas, Gauges.orNaN(SagaRepository::open));
    metrics.gauge(FLAGGED, sagas, Gauges.orNaN(SagaRepository::flagged));
    metrics.gauge(OLDEST, sagas, Gauges.orNaN(l -> l.oldestOpen().toMillis() / 1_000.0));
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrderTransactions.Ended end) {
    var reason = end.reason() == null ? "none" : end.reason().wire();
    metrics.counter(ENDS, new Tag("status", end.status().wire()), new Tag("reason", reason)).inc();
  }
}
