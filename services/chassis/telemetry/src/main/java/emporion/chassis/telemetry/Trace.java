package emporion.chassis.telemetry;

import emporion.chassis.logging.LogContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where a piece of work stands in its trace: the W3C Trace Context (Level 2) and the W3C Baggage
 * that came with it. What comes in is checked by the whole grammar, and what holds goes on as it
 * came: the caller's decision about sampling, also to the last hop. So does the id of the caller's
 * span where nobody records one of our own, since an id that no collector knows would cut the trace
 * in two.
 *
 * @param traceId 32 lower-case hex digits, the same along the whole path of a request
 * @param spanId 16 lower-case hex digits, of what asked for this work
 * @param flags the bits of {@code trace-flags} that are defined
 * @param state the {@code tracestate}; empty where there is none
 * @param baggage the {@code baggage}; empty where there is none
 * @param root whether it begins here, so that nobody has decided yet whether it is recorded
 */
public record Trace(
    String traceId, String spanId, int flags, String state, String baggage, boolean root) {
  /** The names of the fields in HTTP, gRPC and messages. */
  public static final String PARENT = "traceparent";

  public static final String STATE = "tracestate";
  public static final String BAGGAGE = "baggage";

  private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();

  /**
   * Continues the trace that fields tell of, or begins one where they are absent or bad.
   *
   * @param fields the value of a field by its name, those of several lines joined by commas; null
   *     where it is absent
   */
  public static Trace of(UnaryOperator<String> fields) {
    return of(fields.apply(PARENT), fields.apply(STATE), fields.apply(BAGGAGE));
  }

  /** The same, of fields that are at hand; each may be null. */
  public static Trace of(String parent, String state, String baggage) {
    var kept = Baggage.checked(baggage);
    return Traceparent.isValid(parent)
        ? new Trace(
            Traceparent.traceId(parent),
            Traceparent.spanId(parent),
            Traceparent.flags(parent),
            Tracestate.checked(state),
            kept,
            false)
        : new Trace(hex(2), hex(1), 0, "", kept, true);
  }

  /** A trace that begins here, and that nobody has asked to record. */
  public static Trace begun() {
    return of(null, null, null);
  }

  /** Makes this the trace of the current thread's work, until {@link #end}. */
  public void begin() {
    CURRENT.set(this);
    LogContext.put("trace_id", traceId);
    LogContext.put("span_id", spanId);
  }

  /** Ends the current thread's part of its trace. */
  public static void end() {
    CURRENT.remove();
    LogContext.clear();
  }

  /** Works for this trace; behind it the current thread works for what it did before. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  /** The same for work with a result. */
  public <T> T call(Supplier<T> work) {
    var before = CURRENT.get();
    begin();
    try {
      return work.get();
    } finally {
      if (before == null) {
        end();
      } else {
        before.begin();
      }
    }
  }

  /** The trace that the current thread works for. */
  public static Optional<Trace> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The same work, to be done by another thread for the trace of this one. */
  public static Runnable carry(Runnable work) {
    var trace = CURRENT.get();
    return trace == null ? work : () -> trace.run(work);
  }

  /** The current trace's id, or the empty string outside of any. */
  public static String currentId() {
    var trace = CURRENT.get();
    return trace == null ? "" : trace.traceId;
  }

  /** Whether the caller wants it recorded. */
  public boolean sampled() {
    return (flags & Traceparent.SAMPLED) != 0;
  }

  /** What the next hop gets as {@code traceparent}. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-0" + flags;
  }

  /** Writes the fields for the next hop, by name and value; none that is empty. */
  public void writeTo(BiConsumer<String, String> fields) {
    fields.accept(PARENT, traceparent());
    if (!state.isEmpty()) {
      fields.accept(STATE, state);
    }
    if (!baggage.isEmpty()) {
      fields.accept(BAGGAGE, baggage);
    }
  }

  private static String hex(int longs) {
    var digits = new StringBuilder(longs * 16);
    for (int i = 0; i < longs; i++) {
      long random = ThreadLocalRandom.current().nextLong();
      digits.append(HexFormat.of().toHexDigits(random == 0 ? 1 : random));
    }
    return digits.toString();
  }
}
