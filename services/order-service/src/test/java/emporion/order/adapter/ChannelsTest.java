package emporion.order.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.chassis.testkit.TestAuthority;
import emporion.chassis.testkit.TestAuthority.Issued;
import emporion.contracts.product.v1.GetProductsRequest;
import emporion.contracts.product.v1.ProductServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom calls of neighbours reach. */
class ChannelsTest {
  private static final String LOCAL = "dns:localhost,ip:127.0.0.1";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("emporion.tls.ca");
  }

  @Test
  void aNeighbourIsBelievedByAuthorityAndName() throws Exception {
    var ours = TestAuthority.in(folder.resolve("ours"));
    var theirs = TestAuthority.in(folder.resolve("theirs"));
    assertEquals(Status.Code.UNIMPLEMENTED, answer("https", ours.issue(LOCAL), ours));
    assertEquals(Status.Code.UNIMPLEMENTED, answer("grpcs", ours.issue(LOCAL), ours));
    var wrongName = ours.issue("dns:elsewhere.example");
    assertEquals(Status.Code.UNAVAILABLE, answer("https", wrongName, ours));
    assertEquals(Status.Code.UNAVAILABLE, answer("https", ours.issue(LOCAL), theirs));
    assertEquals(Status.Code.UNAVAILABLE, answer("http", ours.issue(LOCAL), ours));
  }

  /** Of a server that has no service: whoever hears that has reached it. */
  private static Status.Code answer(String scheme, Issued own, TestAuthority trusted)
      throws Exception {
    System.setProperty("emporion.tls.ca", trusted.certificate().toString());
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .useTransportSecurity(own.chain().toFile(), own.key().toFile())
            .build()
            .start();
    var channel = Channels.to(URI.create(scheme + "://localhost:" + server.getPort()));
    try {
      return code(channel);
    } finally {
      channel.shutdownNow();
      server.shutdownNow().awaitTermination();
    }
  }

  private static Status.Code code(ManagedChannel channel) {
    var stub = ProductServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    var request = GetProductsRequest.getDefaultInstance();
    return assertThrows(StatusRuntimeException.class, () -> stub.getProducts(request))
        .getStatus()
        .getCode();
  }

  /**
   * The kernel drops what comes to a listener whose backlog is full, as it does for a dead host.
   */
  @Test
  void whoeverDoesNotTakeAConnectionIsGivenUpBeforeTheCallIs() throws IOException {
    var waiting = new ArrayList<Socket>();
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, waiting);
      var channel = Channels.to(URI.create("grpc://127.0.0.1:" + full.getLocalPort()));
      assertEquals(Status.Code.UNAVAILABLE, code(channel));
      channel.shutdownNow();
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
