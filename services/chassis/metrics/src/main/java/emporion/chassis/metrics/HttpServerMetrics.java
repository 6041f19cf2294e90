package emporion.chassis.metrics;

import emporion.chassis.telemetry.Trace;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that a server has answered: {@code http_server_request_duration_seconds}, with the
 * labels of OpenTelemetry's conventions. In OpenMetrics a bucket names the trace of one of its
 * requests: the last one that is recorded, or any where no trace is, since the log has it too.
 */
public final class HttpServerMetrics {
  /** The route of a request that is for none. */
  public static final String UNMATCHED = "unmatched";

  /** RFC 9110, section 9, and RFC 5789. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  /** Seconds; an objective for checkouts is one of them. */
  private static final double[] BUCKETS = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Histogram durations;
  private final Map<Served, DistributionDataPoint> series = new ConcurrentHashMap<>();

  HttpServerMetrics(PrometheusRegistry registry) {
    Exemplars.install();
    durations =
        Histogram.builder()
            .name("http_server_request_duration_seconds")
            .help("How long requests took from their head to the end of their answer")
            .labelNames("http_request_method", "http_route", "http_response_status_code")
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .register(registry);
  }

  /** The method as metrics and spans name it: never one that a client made up. */
  public static String known(String method) {
    return METHODS.contains(method) ? method : "_OTHER";
  }

  /**
   * Counts a request.
   *
   * @param method one that is {@link #known}
   * @param route a template, never a path that a client has chosen
   * @param trace of the request
   * @param recorded whether a collector is told of this trace
   */
  public void answered(
      String method, String route, int status, long nanos, Trace trace, boolean recorded) {
    var point = series.computeIfAbsent(new Served(method, route, status), this::point);
    Exemplars.observe(point, nanos / 1e9, trace, recorded);
  }

  private DistributionDataPoint point(Served served) {
    return durations.labelValues(
        served.method(), served.route(), Integer.toString(served.status()));
  }

  private record Served(String method, String route, int status) {}
}
