package emporion.chassis.telemetry;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry's SDK. Ended spans, and where that is set what is logged, wait in a bounded queue
 * for a thread of its own, which sends them by OTLP; where the collector is away or slow, they are
 * lost and nobody waits.
 */
final class Recorder {
  private static final long FAREWELL_SECONDS = 2;

  private static final String LOGS = "otel.logs.exporter";
  private static final String NONE = "none";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.exporter.otlp.protocol",
          "http/protobuf",
          "otel.attribute.value.length.limit",
          "4096", // paths and statements have none
          "otel.metrics.exporter",
          NONE,
          LOGS,
          NONE);

  private final OpenTelemetrySdk sdk;
  private final Optional<LogExport> log;
  private final Tracer tracer;

  private Recorder(OpenTelemetrySdk sdk, Optional<LogExport> log) {
    this.sdk = sdk;
    this.log = log;
    tracer = sdk.getTracer("emporion");
  }

  /** Reads the settings, which environment variables and system properties override. */
  static Recorder open(String service, Map<String, String> settings) {
    var sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> DEFAULTS)
            .addPropertiesSupplier(() -> Map.of("otel.service.name", service))
            .addPropertiesSupplier(() -> settings)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    var log =
        Telemetry.setting(LOGS, settings, NONE).equals(NONE)
            ? Optional.<LogExport>empty()
            : Optional.of(LogExport.begin(sdk.getLogsBridge()));
    return new Recorder(sdk, log);
  }

  /** Sends what waits, for a moment; a collector that does not answer delays no stop. */
  void close() {
    log.ifPresent(LogExport::stop);
    sdk.shutdown().join(FAREWELL_SECONDS, TimeUnit.SECONDS);
  }

  /** None where the sampler says so. */
  Span start(Span.Kind kind, String name, Trace trace) {
    return started(builder(kind, name, trace), trace);
  }

  Span start(Span.Kind kind, String name, Trace trace, Instant since) {
    return started(builder(kind, name, trace).setStartTimestamp(since), trace);
  }

  private SpanBuilder builder(Span.Kind kind, String name, Trace trace) {
    return tracer.spanBuilder(name).setSpanKind(library(kind)).setParent(parent(trace));
  }

  private Span started(SpanBuilder builder, Trace trace) {
    var span = builder.startSpan();
    return span.isRecording() ? recorded(span, trace) : Span.none();
  }

  RecordedSpan part(Span.Kind kind, String name, RecordedSpan whole) {
    var span =
        tracer
            .spanBuilder(name)
            .setSpanKind(library(kind))
            .setParent(Context.root().with(whole.library()))
            .startSpan();
    return recorded(span, whole.trace());
  }

  private RecordedSpan recorded(io.opentelemetry.api.trace.Span span, Trace outer) {
    var context = span.getSpanContext();
    var inner =
        new Trace(
            context.getTraceId(),
            context.getSpanId(),
            Traceparent.defined(context.getTraceFlags().asByte()),
            outer.state(),
            outer.baggage(),
            false);
    return new RecordedSpan(this, span, inner);
  }

  private static SpanKind library(Span.Kind kind) {
    return switch (kind) {
      case SERVER -> SpanKind.SERVER;
      case CLIENT -> SpanKind.CLIENT;
      case PRODUCER -> SpanKind.PRODUCER;
      case CONSUMER -> SpanKind.CONSUMER;
      case INTERNAL -> SpanKind.INTERNAL;
    };
  }

  private static Context parent(Trace trace) {
    return trace.root()
        ? Context.root()
        : Context.root().with(io.opentelemetry.api.trace.Span.wrap(context(trace)));
  }

  static SpanContext context(Trace trace) {
    return SpanContext.createFromRemoteParent(
        trace.traceId(),
        trace.spanId(),
        TraceFlags.fromByte((byte) trace.flags()),
        state(trace.state()));
  }

  /** What is put last comes first. */
  private static TraceState state(String field) {
    var state = TraceState.builder();
    for (var member : List.of(field.split(",")).reversed()) {
      int equals = member.indexOf('=');
      if (equals > 0) {
        state.put(member.substring(0, equals), member.substring(equals + 1));
      }
    }
    return state.build();
  }
}
