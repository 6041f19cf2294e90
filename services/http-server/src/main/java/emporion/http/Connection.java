package emporion.http;

import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Helidon's connection, which tells its {@link Client} when a request has come to its end. */
final class Connection implements ServerConnection, InterruptableTask<Void> {
  private final ServerConnection server;
  private final Client client;

  Connection(ServerConnection server, Client client) {
    this.server = server;
    this.client = client;
  }

  @Override
  public void handle(Semaphore permits) throws InterruptedException {
    try {
      server.handle(new Permits(permits, client));
    } finally {
      client.end();
    }
  }

  @Override
  public Duration idleTime() {
    return server.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    server.close(interrupt);
  }

  @Override
  public boolean canInterrupt() {
    return server instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  /** The server takes a permit for each request and gives it back when the request is through. */
  private static final class Permits extends Semaphore {
    private static final long serialVersionUID = 1L;

    private final Semaphore all;
    private final transient Client client;

    Permits(Semaphore all, Client client) {
      super(0);
      this.all = all;
      this.client = client;
    }

    @Override
    public boolean tryAcquire() {
      return all.tryAcquire();
    }

    @Override
    public void release() {
      all.release();
      client.answered();
    }
  }
}
