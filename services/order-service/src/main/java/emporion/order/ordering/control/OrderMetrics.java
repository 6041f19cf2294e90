package emporion.order.ordering.control;

import emporion.chassis.data.Gauges;
import emporion.order.ordering.control.SagaStandings.OpenSagas;
import emporion.order.ordering.entity.OrderStatus;
import emporion.order.ordering.entity.Reason;
import emporion.order.ordering.entity.SagaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Counter;
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
          .withDescription("Orders that are neither confirmed nor cancelled yet, by state")
          .build();
  private static final Metadata FLAGGED =
      Metadata.builder()
          .withName("sagas_needing_operator")
          .withDescription("Open sagas that have failed ten times at one step, by state")
          .build();
  private static final Metadata OLDEST =
      Metadata.builder()
          .withName("saga_oldest_open")
          .withDescription("The age of the oldest open saga, by state")
          .withUnit(MetricUnits.SECONDS)
          .build();

  private MetricRegistry metrics;
  private Supplier<List<OpenSagas>> open;

  OrderMetrics() {}

  @Inject
  OrderMetrics(MetricRegistry metrics, SagaStandings sagas) {
    this.metrics = metrics;
    open = Gauges.shared(sagas::open);
  }

  /** From nought, so that the first one is seen as a rise. */
  void start(@Observes Startup start) {
    ends(OrderStatus.CONFIRMED, null);
    for (var reason : Reason.values()) {
      ends(OrderStatus.CANCELLED, reason);
    }
    for (var state : SagaState.values()) {
      if (!state.ended()) {
        var tag = new Tag("state", state.wire());
        gauge(OPEN, tag, () -> in(state).mapToLong(OpenSagas::count).sum());
        gauge(FLAGGED, tag, () -> in(state).mapToLong(OpenSagas::flagged).sum());
        gauge(OLDEST, tag, () -> in(state).mapToDouble(OpenSagas::age).max().orElse(0));
      }
    }
  }

  /** States that look alike to others are one. */
  private Stream<OpenSagas> in(SagaState state) {
    return open.get().stream().filter(sagas -> sagas.state().shown() == state.shown());
  }

  /** Of this bean, as the registry may forget what nobody else holds. */
  private void gauge(Metadata what, Tag tag, DoubleSupplier figure) {
    metrics.gauge(what, this, any -> Gauges.orNaN(figure), tag);
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrderTransactions.Ended end) {
    ends(end.status(), end.reason()).inc();
  }

  private Counter ends(OrderStatus status, Reason reason) {
    return metrics.counter(
        ENDS,
        new Tag("status", status.wire()),
        new Tag("reason", reason == null ? "none" : reason.wire()));
  }
}
