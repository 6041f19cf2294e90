package emporion.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What is sent in pieces over a kept connection waits for the client's acknowledgement between them
 * (Nagle's algorithm against delayed acknowledgements, 40 ms on Linux) unless it is switched off.
 */
class PromptnessTest {
  private static final int WAIT = 20_000_000;

  private final Shop shop = new Shop();

  @Test
  void aLongAnswerEndsAsSoonAsItHasBegun() throws IOException {
    for (int i = 0; i < 50; i++) {
      shop.stocked(1);
    }
    try (var socket = new Socket("127.0.0.1", shop.service.uri().getPort())) {
      socket.setSoTimeout(10_000);
      var in = new DataInputStream(socket.getInputStream());
      var gaps = LongStream.generate(() -> gap(socket, in)).limit(21).sorted().toArray();
      assertTrue(gaps[10] < WAIT, "nanoseconds from the first byte to the last: " + gaps[10]);
    }
  }

  /** From the first byte of a page to its last one. */
  private static long gap(Socket socket, DataInputStream in) {
    try {
      socket
          .getOutputStream()
          .write("GET /v1/products?limit=50 HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(ISO_8859_1));
      var head = new StringBuilder().append((char) in.readUnsignedByte());
      long begun = System.nanoTime();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }

      // chunks would be pieces: one length, one write
      var length = head.toString().replaceFirst("(?s).*Content-Length: (\\d+)\r\n.*", "$1");
      assertTrue(length.matches("\\d+"), head::toString);
      assertTrue(Integer.parseInt(length) > 8_192, head::toString);
      in.readFully(new byte[Integer.parseInt(length)]);
      return System.nanoTime() - begun;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
