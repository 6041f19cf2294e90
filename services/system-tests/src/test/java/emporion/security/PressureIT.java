package emporion.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.tour.RunningShop;
import emporion.tour.Shop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bodies that swell and clients that dawdle, straight at each service: what the gateway keeps away
 * must not be what a service lives by.
 */
@Order(42)
@Tag("nightly")
@ExtendWith(RunningShop.class)
class PressureIT {
  private static final int BLOCK = 64 * 1_024;
  private static final int BLOCKS_OF_A_GIGABYTE = 1 << 14;
  private static final int DEPTH = 10_000;
  private static final int DAWDLERS = 150;

  /** More answers than fit into the buffers of a connection, of which the client's is small. */
  private static final int UNREAD = 400;

  private static final int BUFFER = 4_096;
  private static final long LASTING = 8L << 20;

  /** 404 is notification-service's, which takes no body anywhere and does not look at one. */
  private static final Set<Integer> REFUSALS = Set.of(400, 404, 413, 415);

  private static final int PATIENCE_MILLIS = 20_000;

  private final Shop shop;

  PressureIT(Shop shop) {
    this.shop = shop;
  }

  private static String target(String service) {
    return switch (service) {
      case "user-service" -> "/v2/users";
      case "product-service" -> "/v2/products";
      case "order-service" -> "/v2/orders";
      case "payment-service" -> "/v2/payments/" + UUID.randomUUID() + "/refunds";
      case "notification-service" -> "/v2/notifications/" + UUID.randomUUID() + "/redeliveries";
      default -> throw new IllegalArgumentException(service);
    };
  }

  private String head(String service, String... lines) {
    var who = service.equals("order-service") ? shop.newShopper().http() : shop.admin();
    return "POST %s HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nContent-Type: application/json\r\n%s\r\n"
        .formatted(
            target(service),
            who.token(),
            UUID.randomUUID(),
            Stream.of(lines).map(line -> line + "\r\n").reduce("", String::concat));
  }

  private static Stream<String> services() {
    return Stream.of("user", "product", "order", "payment", "notification")
        .map(name -> name + "-service");
  }

  // --- swollen bodies ----------------------------------------------------------------------------

  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  @TestFactory
  Stream<DynamicTest> aSwollenBodyIsRefusedAndLeavesNoMark() {
    return services().map(service -> DynamicTest.dynamicTest(service, () -> swellsInVain(service)));
  }

  private void swellsInVain(String service) throws Exception {
    int port = shop.port(service);
    long before = live(service);
    var bomb = bomb();
    var nested = ("{\"a\":" + "[".repeat(DEPTH)).getBytes(US_ASCII);
    var answers =
        Map.of(
            "a gigabyte",
            post(port, head(service, "Content-Length: " + (1L << 30)), PressureIT::gigabyte),
            "endless chunks",
            post(port, head(service, "Transfer-Encoding: chunked"), PressureIT::chunks),
            "nested",
            post(port, head(service, "Content-Length: " + nested.length), o -> o.write(nested)),
            "a bomb",
            post(
                port,
                head(service, "Content-Encoding: gzip", "Content-Length: " + bomb.length),
                o -> o.write(bomb)));
    answers.forEach(
        (what, status) -> assertTrue(REFUSALS.contains(status), () -> what + ": " + status));
    long after = live(service);
    System.out.printf("%s holds %d bytes before, %d after%n", service, before, after);
    long grown = after - before;
    assertTrue(grown < LASTING, () -> grown + " bytes more are held than before");
  }

  private static void gigabyte(OutputStream out) throws IOException {
    var block = " ".repeat(BLOCK).getBytes(US_ASCII);
    for (int i = 0; i < BLOCKS_OF_A_GIGABYTE; i++) {
      out.write(block);
    }
  }

  private static void chunks(OutputStream out) throws IOException {
    var chunk =
        (Integer.toHexString(BLOCK) + "\r\n" + " ".repeat(BLOCK) + "\r\n").getBytes(US_ASCII);
    for (int i = 0; i < BLOCKS_OF_A_GIGABYTE; i++) {
      out.write(chunk);
    }
  }

  /** 256 MB of spaces in a few hundred kilobytes. */
  private static byte[] bomb() throws IOException {
    var packed = new ByteArrayOutputStream();
    var block = " ".repeat(BLOCK).getBytes(US_ASCII);
    try (var gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < BLOCKS_OF_A_GIGABYTE / 4; i++) {
        gzip.write(block);
      }
    }
    return packed.toByteArray();
  }

  /** Writes for as long as the other end takes it, and reads what it says meanwhile. */
  private static int post(int port, String head, Body body) throws Exception {
    try (var socket = open(port);
        var reader = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = reader.submit(() -> status(socket));
      try {
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        body.writeTo(socket.getOutputStream());
      } catch (IOException e) {
        // It has been told to stop.
      }
      return answer.get();
    }
  }

  private static int status(Socket socket) throws IOException {
    var line = new String(socket.getInputStream().readNBytes(12), US_ASCII);
    return line.isEmpty() ? 0 : Integer.parseInt(line.substring(9));
  }

  /** Bytes on the heap that a full collection leaves. */
  private long live(String service) throws IOException {
    var process = shop.process(service);
    var java = Path.of(process.info().command().orElseThrow());
    var jcmd =
        new ProcessBuilder(
                java.resolveSibling("jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .start();
    var total = jcmd.inputReader().lines().reduce((first, second) -> second).orElseThrow();
    return Long.parseLong(total.trim().split("\\s+")[2]);
  }

  // --- dawdling clients --------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> whoeverDawdlesKeepsNobodyElseWaiting() {
    return services().map(service -> DynamicTest.dynamicTest(service, () -> serves(service)));
  }

  private void serves(String service) throws Exception {
    var dawdlers = new ArrayList<Socket>();
    var body = head(service, "Content-Length: 1000");
    var wholeHead = "GET /v2/nothing HTTP/1.1\r\nHost: shop\r\n\r\n";
    try (var drip = Executors.newSingleThreadScheduledExecutor()) {
      for (int i = 0; i < DAWDLERS; i++) {
        dawdlers.add(begun(service, "GET /v2/x HTTP/1.1\r\nHost: shop\r\nX: "));
        dawdlers.add(begun(service, body));
        dawdlers.add(begun(service, wholeHead.repeat(UNREAD)));
      }
      drip.scheduleAtFixedRate(
          () -> dawdlers.forEach(PressureIT::drip), 0, 100, TimeUnit.MILLISECONDS);
      for (int i = 0; i < 50; i++) {
        assertEquals(404, answerOf(service, wholeHead));
        assertTrue(shop.isReady(service));
      }
      drip.shutdownNow();
    } finally {
      for (var dawdler : dawdlers) {
        dawdler.close();
      }
    }
  }

  private Socket begun(String service, String begin) throws IOException {
    var socket = open(shop.port(service));
    socket.getOutputStream().write(begin.getBytes(US_ASCII));
    return socket;
  }

  private int answerOf(String service, String request) throws IOException {
    try (var socket = begun(service, request)) {
      return status(socket);
    }
  }

  private static void drip(Socket dawdler) {
    try {
      dawdler.getOutputStream().write('x');
    } catch (IOException e) {
      // The service has had enough of it.
    }
  }

  private static Socket open(int port) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(BUFFER);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }
}
