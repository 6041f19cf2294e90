package emporion.chassis.metrics;

import emporion.chassis.telemetry.Telemetry;
import emporion.chassis.telemetry.Trace;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.prometheus.metrics.tracer.initializer.SpanContextSupplier;

/** Tells the library the trace of what is measured; it asks for a few of them a minute. */
final class Exemplars {
  private static final ThreadLocal<Trace> MEASURED = new ThreadLocal<>();

  private Exemplars() {}

  /** To be called before the first metric is made, as the library asks for it once. */
  static void install() {
    SpanContextSupplier.setSpanContext(new Context());
  }

  static void observe(DistributionDataPoint point, double value, Trace trace, boolean recorded) {
    if (Telemetry.on() && !recorded) {
      point.observe(value);
      return;
    }
    MEASURED.set(trace);
    try {
      point.observe(value);
    } finally {
      MEASURED.remove();
    }
  }

  private static final class Context implements SpanContext {
    @Override
    public String getCurrentTraceId() {
      return MEASURED.get().traceId();
    }

    @Override
    public String getCurrentSpanId() {
      return MEASURED.get().spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
      return MEASURED.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {}
  }
}
