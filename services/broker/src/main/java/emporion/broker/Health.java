package emporion.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Live is whoever answers; ready is told by the checks, made anew each time it is asked for. */
final class Health {
  private static final int PROBE_MILLIS = 1_000;
  private static final byte[] AMQP_0_9_1 = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int METHOD_FRAME = 1;

  private volatile Map<String, BooleanSupplier> checks = Map.of("start", () -> false);

  /**
   * @param json as MicroProfile Health words it
   */
  record Answer(boolean up, String json) {}

  /** From here on readiness is what the checks say. */
  void observe(Map<String, BooleanSupplier> checks) {
    this.checks = checks;
  }

  Answer live() {
    return answer(Map.of());
  }

  Answer ready() {
    var outcomes = new LinkedHashMap<String, Boolean>();
    checks.forEach((name, check) -> outcomes.put(name, check.getAsBoolean()));
    return answer(outcomes);
  }

  private static Answer answer(Map<String, Boolean> outcomes) {
    boolean up = !outcomes.containsValue(false);
    var json =
        outcomes.entrySet().stream()
            .map(e -> "{\"name\":\"%s\",%s}".formatted(e.getKey(), status(e.getValue())))
            .collect(Collectors.joining(",", "{" + status(up) + ",\"checks\":[", "]}"));
    return new Answer(up, json);
  }

  private static String status(boolean up) {
    return up ? "\"status\":\"UP\"" : "\"status\":\"DOWN\"";
  }

  /** Whether a client of AMQP 0-9-1 is greeted there. */
  static boolean greetsAmqp(InetAddress host, int port) {
    return greets(host, port, AMQP_0_9_1, METHOD_FRAME);
  }

  /** Whether a client of SMTP is greeted there: a reply of the 2xx kind. */
  static boolean greetsSmtp(InetAddress host, int port) {
    return greets(host, port, new byte[0], '2');
  }

  private static boolean greets(InetAddress host, int port, byte[] hello, int first) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write(hello);
      return socket.getInputStream().read() == first;
    } catch (IOException e) {
      return false;
    }
  }
}
