package emporion.gateway;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends connections whose client sends or reads too slowly. Helidon itself watches a connection only
 * between two requests.
 */
final class ClientWatch implements Http1ConnectionListener, Watchdog.Watched {
  private final Map<ConnectionContext, Deadline> deadlines = new ConcurrentHashMap<>();
  private final Duration headTimeout;

  ClientWatch(Duration headTimeout) {
    this.headTimeout = headTimeout;
  }

  @Override
  public void prologue(ConnectionContext client, HttpPrologue prologue) {
    var deadline = new Deadline();
    deadline.in(headTimeout);
    deadlines.put(client, deadline);
  }

  @Override
  public void headers(ConnectionContext client, Headers headers) {
    // Helidon may refuse the request by itself now: only an exchange takes up the watch again.
    done(client);
  }

  /** The deadline of the request that is under way on a connection. */
  Deadline of(ConnectionContext client) {
    return deadlines.computeIfAbsent(client, any -> new Deadline());
  }

  /** Ends the watch over a connection until its next request begins. */
  void done(ConnectionContext client) {
    deadlines.remove(client);
  }

  /** Connections that are watched now. */
  int watched() {
    return deadlines.size();
  }

  @Override
  public void look(long now) {
    deadlines.forEach(
        (client, deadline) -> {
          if (deadline.passes(now)) {
            deadlines.remove(client, deadline);
            close(client);
          }
        });
  }

  private static void close(ConnectionContext client) {
    try {
      client.serverSocket().close();
    } catch (UncheckedIOException e) {
      // It is gone, which is what was wanted.
    }
  }
}
