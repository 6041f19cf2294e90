package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What an HTTP server of the shop answers. */
record Http(int status, String body) {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration PATIENTLY = Duration.ofMinutes(1);

  /** A status, or 0 where no HTTP server answers within two seconds. */
  static int status(int port, String path) {
    try {
      var connection = connect("http://127.0.0.1:" + port + path, SOON);
      try {
        return Math.max(0, connection.getResponseCode());
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return 0;
    }
  }

  static Http get(String uri) {
    return of(uri, connection -> {});
  }

  static Http post(String uri, Map<String, String> headers, byte[] content) {
    return of(
        uri,
        connection -> {
          headers.forEach(connection::setRequestProperty);
          connection.setDoOutput(true);
          connection.getOutputStream().write(content);
        });
  }

  private interface Request {
    void send(HttpURLConnection connection) throws IOException;
  }

  private static Http of(String uri, Request request) {
    try {
      var connection = connect(uri, PATIENTLY);
      request.send(connection);
      int status = connection.getResponseCode();
      var stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
      try (stream) {
        var body = stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        return new Http(status, body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpURLConnection connect(String uri, Duration patience) throws IOException {
    var url = URI.create(uri).toURL();
    var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) SOON.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    return connection;
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }
}
