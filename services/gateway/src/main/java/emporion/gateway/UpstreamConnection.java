package emporion.gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** A connection to a service, used for one request at a time. */
final class UpstreamConnection implements AutoCloseable, Watchdog.Watched {
  private static final int BUFFER = 8_192;

  private final SocketChannel channel;
  private final Consumer<UpstreamConnection> onClose;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
  private final DataReader reader = new DataReader(this::fill);
  private final Deadline deadline = new Deadline();
  private boolean reused;
  private boolean answered;

  UpstreamConnection(SocketChannel channel, Consumer<UpstreamConnection> onClose) {
    this.channel = channel;
    this.onClose = onClose;
  }

  /** What the service sends. */
  DataReader reader() {
    return reader;
  }

  /** When the service is too late; then this connection is closed under its user. */
  Deadline deadline() {
    return deadline;
  }

  /** Whether an earlier request went this way, so that the service may have hung up since. */
  boolean reused() {
    return reused;
  }

  /** Whether the service has sent at least one byte since the request began. */
  boolean answered() {
    return answered;
  }

  void write(BufferData data) throws IOException {
    var bytes = ByteBuffer.wrap(data.readBytes());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Puts it to rest; false where it can't be used again. */
  boolean rest(Duration longest) {
    return reader.available() == 0 && deadline.in(longest);
  }

  /**
   * Prepares for another request; false where the service has hung up or sent what nobody asked
   * for. Doesn't wait.
   */
  boolean wake() {
    reused = true;
    answered = false;
    return deadline.clear() && silent();
  }

  private boolean silent() {
    try {
      channel.configureBlocking(false);
      in.clear();
      boolean silent = channel.read(in) == 0;
      channel.configureBlocking(true);
      return silent;
    } catch (IOException e) {
      return false;
    }
  }

  private byte[] fill() {
    try {
      in.clear();
      int size = channel.read(in);
      if (size < 0) {
        return null;
      }
      answered = true;
      return Arrays.copyOf(in.array(), size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void look(long now) {
    if (deadline.passes(now)) {
      close();
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
    try {
      channel.close();
    } catch (IOException e) {
      // It is out of use either way.
    }
  }
}
