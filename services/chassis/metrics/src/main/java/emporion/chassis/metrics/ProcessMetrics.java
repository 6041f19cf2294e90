package emporion.chassis.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The metrics of a process: its JVM's from the start, by the names that Prometheus' client gives
 * them, and what is registered later.
 */
public final class ProcessMetrics {
  private static final ProcessMetrics OWN = new ProcessMetrics();

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final HttpServerMetrics requests;

  /** Metrics that share nothing with others in the same JVM. */
  public ProcessMetrics() {
    JvmMetrics.builder().register(registry);
    requests = new HttpServerMetrics(registry);
  }

  /** Those of this process, where it is one server. */
  public static ProcessMetrics own() {
    return OWN;
  }

  /** One reading, in the format that the reader likes best. */
  public record Page(String type, byte[] text) {}

  /**
   * Reads all of them: as text of version 0.0.4, or as OpenMetrics 1.0, which has exemplars.
   *
   * @param accept the field of the request, null for none
   */
  public Page page(String accept) {
    var writer = formats.findWriter(accept);
    var text = new ByteArrayOutputStream(16_384);
    try {
      writer.write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Page(writer.getContentType(), text.toByteArray());
  }

  /** What is served. */
  public HttpServerMetrics requests() {
    return requests;
  }

  /** Where more is registered. */
  public PrometheusRegistry registry() {
    return registry;
  }
}
