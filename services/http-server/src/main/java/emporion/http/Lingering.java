package emporion.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads on, and not for long, what a client still sends when it has been refused. A connection that
 * is closed on unread data is reset, and a client that is reset while it sends may never see the
 * answer (RFC 9112, section 9.6).
 */
final class Lingering {
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final int MOST = 30;

  private Lingering() {}

  /** Returns when the client has hung up, is silent, or has sent for long enough. */
  static void behindRefusal(HelidonSocket socket, DataReader unread) {
    var heard = new AtomicBoolean(true);
    var watch = Thread.startVirtualThread(() -> closeInSilence(socket, heard));
    try {
      while (true) {
        unread.ensureAvailable();
        unread.skip(unread.available());
        heard.set(true);
      }
    } catch (RuntimeException end) {
      // The client has hung up, or the watch has.
    } finally {
      watch.interrupt();
    }
  }

  private static void closeInSilence(HelidonSocket socket, AtomicBoolean heard) {
    try {
      for (int i = 0; i < MOST && heard.getAndSet(false); i++) {
        Thread.sleep(SILENCE);
      }
      socket.close();
    } catch (InterruptedException e) {
      // The client was first.
    }
  }
}
