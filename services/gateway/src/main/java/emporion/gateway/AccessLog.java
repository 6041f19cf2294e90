package emporion.gateway;

import emporion.chassis.telemetry.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one access line of a request in the whole system. It never holds the query or a header field:
 * both may carry secrets. The message is the inside of a JSON object; {@code logback.xml} adds what
 * is the same for each line, and an asynchronous appender writes it.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("emporion.gateway.access");
  private static final int MAX_PATH = 512;
  private static final int MAX_METHOD = 32;

  /** The status of a request whose client left before it was answered. */
  static final int CLIENT_GONE = 499;

  private AccessLog() {}

  /**
   * Logs one request.
   *
   * @param target may still hold a query; it is cut off here
   * @param route the name of the route, {@code none} where there was none
   * @param status as sent; 499 where the client left before it was
   * @param nanos from the head of the request to the last byte of the answer
   * @param bytes of the answer's body
   * @param trace of the request, with the gateway's own span where one is recorded
   */
  static void line(
      String method, String target, String route, int status, long nanos, long bytes, Trace trace) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    var asked = new StringBuilder(64);
    appendSafe(asked, method, Math.min(method.length(), MAX_METHOD));
    int space = asked.length();
    asked.append(' ');
    appendSafe(asked, target, pathLength(target));
    var line = new StringBuilder(384).append("\"message\":\"").append(asked).append(' ');
    line.append(status).append("\",\"method\":\"").append(asked, 0, space);
    line.append("\",\"path\":\"").append(asked, space + 1, asked.length());
    line.append("\",\"route\":\"").append(route).append("\",\"status\":").append(status);
    line.append(",\"duration_ms\":");
    appendMillis(line, nanos);
    line.append(",\"bytes\":").append(bytes);
    line.append(",\"trace_id\":\"").append(trace.traceId());
    line.append("\",\"span_id\":\"").append(trace.spanId()).append('"');
    LOG.info(line.toString());
  }

  private static int pathLength(String target) {
    int query = target.indexOf('?');
    return Math.min(query < 0 ? target.length() : query, MAX_PATH);
  }

  /** What JSON or a reader of logs could mistake becomes a question mark. */
  private static void appendSafe(StringBuilder line, String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c);
    }
  }

  private static void appendMillis(StringBuilder line, long nanos) {
    long micros = nanos / 1_000;
    line.append(micros / 1_000).append('.');
    long fraction = micros % 1_000;
    line.append((char) ('0' + fraction / 100));
    line.append((char) ('0' + fraction / 10 % 10));
    line.append((char) ('0' + fraction % 10));
  }
}
