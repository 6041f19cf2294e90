package emporion.chassis.telemetry;

import emporion.chassis.logging.LogContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The W3C trace context (Trace Context Level 1, section 3.2) of the work that the current thread
 * does, and the {@code trace_id} of its log lines.
 *
 * @param traceId 32 lower-case hex digits, the same along the whole path of a request
 * @param spanId 16 lower-case hex digits, this hop's own
 */
public record Trace(String traceId, String spanId) {
  private static final int LENGTH = 55;
  private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();

  /**
   * Continues the trace of a {@code traceparent}, or a new one where it is absent or bad, for work
   * that no thread of its own does.
   */
  public static Trace of(String traceparent) {
    return new Trace(valid(traceparent) ? traceparent.substring(3, 35) : hex(2), hex(1));
  }

  /** The same, as the work of the current thread. */
  public static Trace begin(String traceparent) {
    var trace = of(traceparent);
    CURRENT.set(trace);
    LogContext.put("trace_id", trace.traceId);
    return trace;
  }

  /** Ends the current thread's part of its trace. */
  public static void end() {
    CURRENT.remove();
    LogContext.remove("trace_id");
  }

  /** The trace that the current thread works for. */
  public static Optional<Trace> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The same work, to be done by another thread for the trace of this one. */
  public static Runnable carry(Runnable work) {
    var trace = CURRENT.get();
    if (trace == null) {
      return work;
    }
    return () -> {
      CURRENT.set(trace);
      LogContext.put("trace_id", trace.traceId);
      try {
        work.run();
      } finally {
        end();
      }
    };
  }

  /** The current trace's id, or the empty string outside of any. */
  public static String currentId() {
    var trace = CURRENT.get();
    return trace == null ? "" : trace.traceId;
  }

  /** What the next hop gets, sampled. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  private static boolean valid(String header) {
    if (header == null || header.length() != LENGTH || !header.startsWith("00-")) {
      return false;
    }
    boolean zero = true;
    for (int i = 3; i < 35; i++) {
      char c = header.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero && header.charAt(35) == '-' && header.charAt(52) == '-';
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
