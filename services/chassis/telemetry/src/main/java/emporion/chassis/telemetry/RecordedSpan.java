package emporion.chassis.telemetry;

import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.function.Supplier;

/** A span that OpenTelemetry records. */
final class RecordedSpan extends Span {
  private static final ThreadLocal<RecordedSpan> CURRENT = new ThreadLocal<>();

  private final Recorder recorder;
  private final io.opentelemetry.api.trace.Span span;
  private final Trace trace;

  /** The last request that it began. */
  private RecordedSpan request;

  private boolean ended;

  RecordedSpan(Recorder recorder, io.opentelemetry.api.trace.Span span, Trace trace) {
    this.recorder = recorder;
    this.span = span;
    this.trace = trace;
  }

  static Span innermost() {
    var current = CURRENT.get();
    return current == null ? none() : current;
  }

  static void forget() {
    CURRENT.remove();
  }

  io.opentelemetry.api.trace.Span library() {
    return span;
  }

  Trace trace() {
    return trace;
  }

  @Override
  public Span part(Kind kind, String name) {
    return recorder.part(kind, name, this);
  }

  @Override
  public Span request(String name) {
    endRequest();
    request = recorder.part(Kind.CLIENT, name, this);
    return request;
  }

  /** Nobody has told of its end: there was no answer, or none that could be read. */
  private void endRequest() {
    if (request != null && !request.ended) {
      request.failed("_OTHER").end();
    }
  }

  @Override
  public boolean recorded() {
    return true;
  }

  @Override
  public Span named(String name) {
    span.updateName(name);
    return this;
  }

  @Override
  public Span with(String attribute, Object value) {
    if (value != null) {
      span.setAttribute(attribute, value.toString());
    }
    return this;
  }

  @Override
  public Span with(String attribute, long value) {
    span.setAttribute(attribute, value);
    return this;
  }

  @Override
  public Span linkedTo(Trace other) {
    span.addLink(Recorder.context(other));
    return this;
  }

  @Override
  public Span failed(String type) {
    span.setStatus(StatusCode.ERROR).setAttribute("error.type", type);
    return this;
  }

  @Override
  public Trace within(Trace outer) {
    return trace;
  }

  @Override
  public Optional<Trace> within() {
    return Optional.of(trace);
  }

  @Override
  public void begin(Trace outer) {
    CURRENT.set(this);
    trace.begin();
  }

  @Override
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  @Override
  public <T> T call(Supplier<T> work) {
    var before = CURRENT.get();
    CURRENT.set(this);
    try {
      return trace.call(work);
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  @Override
  public void run(Trace outer, Runnable work) {
    run(work);
  }

  @Override
  public void end() {
    if (!ended) {
      endRequest();
      ended = true;
      span.end();
    }
  }
}
