package emporion.storefront;

import emporion.chassis.metrics.HttpServerMetrics;
import emporion.chassis.metrics.ProcessMetrics;
import emporion.chassis.telemetry.Trace;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Times each request, and works at it in the trace that it came with. */
final class Observation implements Filter {
  private static final String FILE = "/{file}";

  private final HttpServerMetrics metrics = ProcessMetrics.own().requests();

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long start = System.nanoTime();
    var trace = Trace.of(name -> field(request, name));
    try {
      trace.run(chain::proceed);
    } finally {
      var status = response.status();
      metrics.answered(
          HttpServerMetrics.known(request.prologue().method().text()),
          status.equals(Status.NOT_FOUND_404) ? HttpServerMetrics.UNMATCHED : FILE,
          status.code(),
          System.nanoTime() - start,
          trace,
          false);
    }
  }

  private static String field(RoutingRequest request, String name) {
    var values = request.headers().values(HeaderNames.create(name));
    return values.isEmpty() ? null : String.join(",", values);
  }
}
