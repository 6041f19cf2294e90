package emporion.chassis.telemetry;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A piece of work within a trace, as a collector is told of it, named and described by
 * OpenTelemetry's semantic conventions. While {@link Telemetry} is off, or where nobody wants this
 * work recorded, it is one and the same span that does nothing, and no library is touched.
 */
public class Span {
  private static final Span NONE = new Span();

  Span() {}

  /** What a span is to others (OpenTelemetry's span kinds). */
  public enum Kind {
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER,
    INTERNAL
  }

  /** The span of work that is not recorded. */
  public static Span none() {
    return NONE;
  }

  /** Begins work that comes from outside, in the trace that it came with. */
  public static Span start(Kind kind, String name, Trace trace) {
    var recorder = Telemetry.recorder();
    return recorder == null ? NONE : recorder.start(kind, name, trace);
  }

  /** The same, for work that began a while ago. */
  public static Span start(Kind kind, String name, Trace trace, Instant since) {
    var recorder = Telemetry.recorder();
    return recorder == null ? NONE : recorder.start(kind, name, trace, since);
  }

  /** Begins a part of what the current thread works at; none where that is not recorded. */
  public static Span start(Kind kind, String name) {
    return current().part(kind, name);
  }

  /** What the current thread works at. */
  public static Span current() {
    return Telemetry.recorder() == null ? NONE : RecordedSpan.innermost();
  }

  /**
   * The same work, to be done by another thread for the trace of this one, and as a part of its
   * span.
   */
  public static Runnable carry(Runnable work) {
    var span = current();
    return Trace.carry(span == NONE ? work : () -> span.run(work));
  }

  /** Ends what {@link #begin} began for the current thread. */
  public static void leave() {
    Trace.end();
    if (Telemetry.recorder() != null) {
      RecordedSpan.forget();
    }
  }

  /** Begins a part of it, which may be for any thread. */
  public Span part(Kind kind, String name) {
    return this;
  }

  /** Begins a request whose end nobody may tell of: it ends with this span at the latest. */
  public Span request(String name) {
    return this;
  }

  /** Whether anybody will see it, so that what is costly to tell need not be found out. */
  public boolean recorded() {
    return false;
  }

  /** Gives it another name, where the best one is known late. */
  public Span named(String name) {
    return this;
  }

  /** Adds an attribute, the value as text; one that is null is left out. */
  public Span with(String attribute, Object value) {
    return this;
  }

  /** Adds an attribute. */
  public Span with(String attribute, long value) {
    return this;
  }

  /** Says that it has to do with a span of another trace, as one of a batch has with the batch. */
  public Span linkedTo(Trace other) {
    return this;
  }

  /**
   * Says that it has failed.
   *
   * @param type a class of failures of which there are few: a status, a class name
   */
  public Span failed(String type) {
    return this;
  }

  /**
   * The trace for what is asked of others within it.
   *
   * @param outer what it was begun with
   */
  public Trace within(Trace outer) {
    return outer;
  }

  /** The trace for what is asked of others within it, begun by the current thread. */
  public Optional<Trace> within() {
    return Trace.current();
  }

  /**
   * Makes it what the current thread works at, until {@link #leave}.
   *
   * @param outer what it was begun with
   */
  public void begin(Trace outer) {
    outer.begin();
  }

  /** Works within it; behind it the current thread works at what it did before. */
  public void run(Runnable work) {
    work.run();
  }

  /** The same for work with a result. */
  public <T> T call(Supplier<T> work) {
    return work.get();
  }

  /**
   * The same for work that comes from outside.
   *
   * @param outer what it was begun with
   */
  public void run(Trace outer, Runnable work) {
    outer.run(work);
  }

  /** It is over. */
  public void end() {}
}
