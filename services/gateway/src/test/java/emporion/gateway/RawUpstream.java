package emporion.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of which every byte, in and out, is the test's own. */
final class RawUpstream implements AutoCloseable {
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread accepting;
  private volatile Script script;

  /** What a service does with a request; returning leaves the connection open for the next. */
  interface Script {
    void answer(String head, InputStream body, OutputStream out) throws Exception;
  }

  RawUpstream(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  /** Answers everything alike. */
  static RawUpstream saying(String answer) {
    return new RawUpstream((head, body, out) -> out.write(bytes(answer)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  void script(Script other) {
    script = other;
  }

  /** From now on answers everything alike. */
  void say(String answer) {
    script((head, body, out) -> out.write(bytes(answer)));
  }

  String uri() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** The heads of all requests, in the order of their arrival. */
  List<String> heads() {
    return heads;
  }

  String lastHead() {
    return heads.getLast();
  }

  int connections() {
    return connections.get();
  }

  /** Hangs up on every connection, as a service does that restarts. */
  void hangUp() throws IOException {
    for (var socket : open) {
      socket.close();
    }
    open.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        heads.add(head);
        script.answer(head, in, socket.getOutputStream());
      }
    } catch (Exception e) {
      // The test sees what its client sees.
    } finally {
      open.remove(socket);
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      last = last << 8 | b;
      if (last == 0x0d0a0d0a) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hangUp();
  }
}
