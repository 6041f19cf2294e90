package emporion.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stands in for every service: listens on each port that its environment names, or its arguments as
 * Prometheus and Zipkin have them, is ready after FAKE_SECONDS, and ends when it is told to.
 */
final class Fake {
  private static final Stopwatch STARTED = Stopwatch.start();
  private static final Pattern PORT =
      Pattern.compile("--(?:web\\.listen-address=127\\.0\\.0\\.1:|armeria.*port=)(\\d+)");

  private Fake() {}

  public static void main(String[] arguments) throws IOException {
    var named = Stream.of(arguments).map(PORT::matcher).filter(Matcher::matches).toList();
    if (named.isEmpty()) {
      ports().forEach(Fake::listen);
    } else {
      named.forEach(port -> listen(Integer.parseInt(port.group(1))));
    }
  }

  private static List<Integer> ports() {
    return Stream.of(
            "EMPORION_BROKER_HEALTH_PORT",
            "EMPORION_BROKER_PORT",
            "EMPORION_GRPC_PORT",
            "MANAGEMENT_PORT",
            "SERVER_PORT")
        .map(System.getenv()::get)
        .filter(port -> port != null)
        .map(Integer::valueOf)
        .toList();
  }

  private static void listen(int port) {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext("/", Fake::answer);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var seconds = Settings.number("FAKE_SECONDS", System.getenv("FAKE_SECONDS"));
      boolean ready = STARTED.isPast(Duration.ofSeconds(seconds));
      var body = "{\"items\": [], \"access_token\": \"a.b.c\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
