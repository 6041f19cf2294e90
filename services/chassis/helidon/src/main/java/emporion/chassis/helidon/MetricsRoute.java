package emporion.chassis.helidon;

import emporion.chassis.observation.Exposition;
import io.helidon.common.Weighted;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.spi.ServerFeature;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * {@code /metrics} of a server as text, to whoever does not ask for JSON alone. Helidon 4.1.2
 * writes what Prometheus does not read, and calls OpenMetrics by no version.
 */
public final class MetricsRoute implements ServerFeature, Weighted {
  private static final double BEFORE_HELIDONS = 100;

  private final String socket;

  /** On one socket of a server. */
  public MetricsRoute(String socket) {
    this.socket = socket;
  }

  @Override
  public void setup(ServerFeatureContext context) {
    context.socket(socket).httpRouting().get("/metrics", MetricsRoute::answer);
  }

  private static void answer(ServerRequest request, ServerResponse response) {
    var accepted = String.join(",", request.headers().values(HeaderNames.ACCEPT));
    boolean open = accepted.contains("application/openmetrics-text");
    boolean text =
        open || accepted.isEmpty() || accepted.contains("text/") || accepted.contains("*/*");
    var written = text ? written(request) : Optional.<String>empty();
    if (written.isEmpty()) {
      response.next();
      return;
    }
    var exposition = Exposition.of(written.get());
    response
        .header(HeaderNames.CONTENT_TYPE, open ? Exposition.OPEN_METRICS : Exposition.TEXT)
        .send(open ? exposition.openMetrics() : exposition.text());
  }

  private static Optional<String> written(ServerRequest request) {
    for (var provider : ServiceLoader.load(MeterRegistryFormatterProvider.class)) {
      var written =
          provider
              .formatter(
                  MediaTypes.TEXT_PLAIN,
                  MetricsConfig.create(),
                  Metrics.globalRegistry(),
                  Optional.of("mp_scope"),
                  parameter(request, "scope"),
                  parameter(request, "name"))
              .flatMap(formatter -> formatter.format());
      if (written.isPresent()) {
        return written.map(Object::toString);
      }
    }
    return Optional.empty();
  }

  private static List<String> parameter(ServerRequest request, String name) {
    return request.query().contains(name) ? request.query().all(name) : List.of();
  }

  @Override
  public String name() {
    return "metrics-text";
  }

  @Override
  public String type() {
    return name();
  }

  @Override
  public double weight() {
    return BEFORE_HELIDONS;
  }
}
