package emporion.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.GZIPInputStream;

/**
 * Zipkin's process, with a second door: OpenTelemetry's protocol over HTTP (OTLP 1, {@code POST
 * /v1/traces} in Protocol Buffers), which Zipkin does not speak by itself. What comes there goes on
 * to Zipkin, and is answered when it is there.
 */
final class OtlpDoor {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final String zipkin;

  private OtlpDoor(int zipkin) {
    this.zipkin = "http://127.0.0.1:%d/api/v2/spans".formatted(zipkin);
  }

  /** Called with Zipkin's jar, which is on the class path, the port of this door and Zipkin's. */
  static void main(String[] arguments) throws Exception {
    int zipkin = Integer.parseInt(arguments[2]);
    open(Integer.parseInt(arguments[1]), zipkin);
    var main = Class.forName(mainClassOf(Path.of(arguments[0])));
    var flags =
        List.of(
            "--armeria.ports[0].address=127.0.0.1",
            "--armeria.ports[0].port=" + zipkin,
            "--armeria.ports[0].protocols[0]=http");
    main.getMethod("main", String[].class).invoke(null, (Object) flags.toArray(String[]::new));
  }

  private static String mainClassOf(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
  }

  static HttpServer open(int port, int zipkin) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(loopback, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/traces", new OtlpDoor(zipkin)::receive);
    server.start();
    return server;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = exchange.getRequestMethod().equals("POST") ? passOn(content(exchange)) : 405;
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static byte[] content(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    var body = exchange.getRequestBody();
    return (zipped ? new GZIPInputStream(body) : body).readAllBytes();
  }

  /** 503 is what a sender tries again: Zipkin takes longer to open than this door. */
  private int passOn(byte[] request) {
    try {
      var spans = OtlpSpans.asZipkin(request);
      return Http.post(zipkin, JSON, spans.getBytes(StandardCharsets.UTF_8)).isSuccess()
          ? 200
          : 503;
    } catch (IllegalArgumentException e) {
      return 400;
    } catch (UncheckedIOException e) {
      return 503;
    }
  }
}
