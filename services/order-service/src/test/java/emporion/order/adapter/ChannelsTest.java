package emporion.order.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.contracts.product.v1.GetProductsRequest;
import emporion.contracts.product.v1.ProductServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChannelsTest {

  /**
   * The kernel drops what comes to a listener whose backlog is full, as it does for a dead host.
   */
  @Test
  void whoeverDoesNotTakeAConnectionIsGivenUpBeforeTheCallIs() throws IOException {
    var waiting = new ArrayList<Socket>();
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, waiting);
      var channel = Channels.to(URI.create("grpc://127.0.0.1:" + full.getLocalPort()));
      var stub =
          ProductServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
      var request = GetProductsRequest.getDefaultInstance();
      var failure = assertThrows(StatusRuntimeException.class, () -> stub.getProducts(request));
      channel.shutdownNow();
      assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode());
    } finally {
      for (var socket : waiting) {
        socket.close();
      }
    }
  }

  private static void fill(ServerSocket listener, List<Socket> waiting) throws IOException {
    while (true) {
      var socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(listener.getLocalSocketAddress(), 500);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }
}
