package emporion.gateway;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is counted of the calls to the service of one route. */
final class RouteMeters {
  private final Map<Failure, CounterDataPoint> failures = new EnumMap<>(Failure.class);

  /** How a service fails to answer. */
  enum Failure {
    UNREACHABLE,
    TIMEOUT,
    BROKEN
  }

  /** From nought, so that the first failure is seen as a rise. */
  RouteMeters(Counter all, String route) {
    for (var failure : Failure.values()) {
      failures.put(failure, all.labelValues(route, failure.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Counts a call without an answer. */
  void failed(Failure failure) {
    failures.get(failure).inc();
  }
}
