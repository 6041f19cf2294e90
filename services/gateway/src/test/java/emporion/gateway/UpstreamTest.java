package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private static final Duration CONNECT = Duration.ofMillis(900);
  private static final Duration AWAY = Duration.ofMillis(300);

  /** The first packet of the first attempt is dropped, and the system repeats it after a second. */
  @Test
  void a_service_that_takes_no_connection_for_a_moment_is_tried_again() throws Exception {
    var queued = new ArrayList<Socket>();
    try (var later = Executors.newSingleThreadScheduledExecutor();
        var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(service, queued);
      later.schedule(() -> acceptAll(service), AWAY.toMillis(), TimeUnit.MILLISECONDS);
      var terms =
          new Upstream.Terms(CONNECT, 2, Duration.ofSeconds(1), Optional.empty(), Optional.empty());
      var address = InetSocketAddress.createUnresolved("127.0.0.1", service.getLocalPort());
      var open = new DefaultChannelGroup(loops.next());
      var upstream = new Upstream(address, terms, open, new Watchdog(loops));
      var connection = upstream.connect(loops.next());
      assertTrue(connection.await(20, TimeUnit.SECONDS));
      assertTrue(connection.isSuccess(), () -> connection.cause().toString());
    } finally {
      for (var socket : queued) {
        socket.close();
      }
    }
  }

  /** Connects until the queue of those who wait to be accepted is full. */
  private static void fill(ServerSocket service, List<Socket> queued) throws IOException {
    while (true) {
      var socket = new Socket();
      queued.add(socket);
      try {
        socket.connect(service.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  private static void acceptAll(ServerSocket service) {
    try {
      while (true) {
        service.accept().close();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }
}
