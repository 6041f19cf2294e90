package emporion.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Clients that speak HTTP/2, good ones and others. */
class Http2Test {
  private static RawUpstream service;
  private static Stage stage;

  @BeforeAll
  static void start() {
    service = RawUpstream.saying(Stage.OK);
    stage =
        new Stage(
            service,
            Map.of(
                "EMPORION_GATEWAY_CLIENT_BODY_TIMEOUT", "PT0.4S",
                "EMPORION_GATEWAY_DRAIN_TIME", "PT0.5S"));
  }

  @AfterAll
  static void stop() throws IOException {
    stage.close();
    service.close();
  }

  @BeforeEach
  void reset() {
    service.say(Stage.OK);
    service.heads().clear();
  }

  /** A client that sends what it is told to. */
  private static final class Client implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<Object> frames = new LinkedBlockingQueue<>();
    private final Channel connection;

    Client(int port) throws Exception {
      connection =
          new Bootstrap()
              .group(loop)
              .channel(NioSocketChannel.class)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      channel
                          .pipeline()
                          .addLast(
                              Http2FrameCodecBuilder.forClient()
                                  .validateHeaders(false)
                                  .encoderIgnoreMaxHeaderListSize(true)
                                  .build(),
                              new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                              new Collector());
                    }
                  })
              .connect(InetAddress.getLoopbackAddress(), port)
              .sync()
              .channel();
    }

    private final class Collector extends ChannelInboundHandlerAdapter {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof Http2StreamFrame || frame instanceof Http2GoAwayFrame) {
          frames.add(frame);
        } else {
          ReferenceCountUtil.release(frame);
        }
      }

      @Override
      public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
          frames.add(event);
        }
      }
    }

    Channel send(Http2Headers headers, boolean whole) throws Exception {
      var stream =
          new Http2StreamChannelBootstrap(connection).handler(new Collector()).open().sync().get();
      stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers, whole));
      return stream;
    }

    Object next() throws InterruptedException {
      var next = frames.poll(20, TimeUnit.SECONDS);
      assertTrue(next != null, "no frame");
      return next;
    }

    /** The status of the next answer, whose body follows; empty where the stream is reset. */
    String status() throws InterruptedException {
      return next() instanceof Http2HeadersFrame answer ? answer.headers().status().toString() : "";
    }

    String body() throws InterruptedException {
      var body = new StringBuilder();
      while (true) {
        var frame = (Http2DataFrame) next();
        body.append(frame.content().toString(StandardCharsets.US_ASCII));
        frame.release();
        if (frame.isEndStream()) {
          return body.toString();
        }
      }
    }

    @Override
    public void close() {
      connection.close().awaitUninterruptibly();
      frames.forEach(ReferenceCountUtil::release);
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static Http2Headers get(String path) {
    return new DefaultHttp2Headers(false).method("GET").scheme("http").authority("shop").path(path);
  }

  @Test
  void clear_text_may_begin_with_it() throws Exception {
    try (var client = new Client(stage.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(get("/v1/users/" + i + "?a=b"), true);
        assertEquals("200", client.status());
        assertEquals("ok", client.body());
        assertTrue(service.lastHead().startsWith("GET /v1/users/" + i + "?a=b HTTP/1.1\r\n"));
        assertTrue(service.lastHead().contains("X-Forwarded-Host: shop\r\n"));
        assertFalse(service.lastHead().toLowerCase().contains("x-http2"), service.lastHead());
      }
    }
  }

  @Test
  void operators_may_too() throws Exception {
    try (var client = new Client(stage.managementPort())) {
      client.send(get("/health/ready"), true);
      assertEquals("200", client.status());
      assertTrue(client.body().contains("UP"));
    }
  }

  @Test
  void bodies_pass_both_ways() throws Exception {
    var large = "0123456789abcdef".repeat(20_000);
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.port() + "/v1/users/1"))
              .PUT(HttpRequest.BodyPublishers.ofString(large));
      service.say(Stage.OK);
      client.send( // takes the connection to HTTP/2, which a request with a body does not
          request.copy().GET().build(), HttpResponse.BodyHandlers.ofString());
      service.script(
          (head, body, out) -> {
            var echo = body.readNBytes(large.length());
            out.write(
                RawUpstream.bytes(
                    "HTTP/1.1 200 OK\r\nContent-Length: " + echo.length + "\r\n\r\n"));
            out.write(echo);
          });
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(HttpClient.Version.HTTP_2, answer.version());
      assertEquals(large, answer.body());
    }
  }

  @Test
  void many_requests_share_a_connection_and_answers_come_when_they_are_ready() throws Exception {
    var release = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          if (head.contains("/slow")) {
            release.await();
          }
          out.write(RawUpstream.bytes(Stage.OK));
        });
    try (var client = new Client(stage.port())) {
      client.send(get("/v1/users/slow"), true);
      for (int i = 0; i < 20; i++) {
        client.send(get("/v1/users/fast"), true);
        assertEquals("200", client.status());
        assertEquals("ok", client.body());
      }
      release.countDown();
      assertEquals("200", client.status());
      assertEquals("ok", client.body());
    }
  }

  @Test
  void a_refusal_is_a_problem() throws Exception {
    try (var client = new Client(stage.port())) {
      client.send(get("/v1/nothing"), true);
      var answer = (Http2HeadersFrame) client.next();
      assertEquals("404", answer.headers().status().toString());
      assertEquals("application/problem+json", answer.headers().get("content-type").toString());
      assertTrue(client.body().contains("urn:emporion:problem:not-found"));
    }
  }

  @Test
  void a_head_too_large_is_told_so_in_a_problem() throws Exception {
    try (var client = new Client(stage.port())) {
      client.send(get("/v1/users").add("x", "y".repeat(17_000)), true);
      assertEquals("431", client.status());
      assertTrue(client.body().contains("urn:emporion:problem:headers-too-large"));
      client.send(get("/v1/users").add("x", "~".repeat(70_000)), true);
      var answer = (Http2HeadersFrame) client.next();
      assertEquals("431", answer.headers().status().toString());
      assertEquals("application/problem+json", answer.headers().get("content-type").toString());
      assertTrue(client.body().contains("urn:emporion:problem:headers-too-large"));
      client.send(get("/v1/users?q=" + "x".repeat(9_000)), true);
      assertEquals("414", client.status());
      assertTrue(client.body().contains("urn:emporion:problem:uri-too-long"));
      client.send(get("/v1/users"), true);
      assertEquals("200", client.status());
    }
  }

  @Test
  void a_body_too_large_or_too_slow_is_not_waited_for() throws Exception {
    try (var client = new Client(stage.port())) {
      client.send(get("/v1/users").method("POST").add("content-length", "9000000"), false);
      assertEquals("413", client.status());
      client.body();
      assertTrue(client.next() instanceof Http2ResetFrame);
      client.send(get("/v1/users").method("POST"), false);
      assertTrue(client.next() instanceof Http2ResetFrame);
      await().until(() -> stage.gateway().underWay() == 0);
      assertEquals(0, service.heads().size());
      client.send(get("/v1/users"), true);
      assertEquals("200", client.status());
    }
  }

  @Test
  void a_client_that_resets_its_stream_ends_the_call() throws Exception {
    var left = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          if (body.read() < 0) {
            left.countDown();
          }
        });
    try (var client = new Client(stage.port())) {
      var stream = client.send(get("/v1/users"), true);
      await().until(() -> service.heads().size() == 1);
      stream.close();
      assertTrue(left.await(20, TimeUnit.SECONDS));
    }
  }

  private static DynamicTest attack(String name, Consumer<Http2Headers> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          var headers = get("/v1/users");
          change.accept(headers);
          try (var client = new Client(stage.port())) {
            client.send(headers, true);
            var answer = client.next();
            if (answer instanceof Http2HeadersFrame refused) {
              assertEquals("400", refused.headers().status().toString());
            }
            assertEquals(List.of(), service.heads());
          }
        });
  }

  /** What would be another request, or another field, where it is written as HTTP/1.1. */
  @TestFactory
  Stream<DynamicTest> what_can_be_read_in_two_ways_reaches_nobody() {
    var smuggled = " HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/users/smuggled";
    return Stream.of(
        attack("path", headers -> headers.path("/v1/users" + smuggled)),
        attack("path with a space", headers -> headers.path("/v1/us ers")),
        attack("relative path", headers -> headers.path("v1/users")),
        attack("dots", headers -> headers.path("/v1/users/../charges")),
        attack("empty path", headers -> headers.path("")),
        attack("method", headers -> headers.method("GET" + smuggled + " HTTP/1.1\r\nX: ")),
        attack("method with a space", headers -> headers.method("GET /x")),
        attack("value", headers -> headers.add("x", "a\r\nContent-Length: 5")),
        attack("value with a line feed", headers -> headers.add("x", "a\nb: c")),
        attack("value with NUL", headers -> headers.add("x", "a\0b")),
        attack("name", headers -> headers.add("x: a\r\ny", "b")),
        attack("name with a colon", headers -> headers.add("x:y", "b")),
        attack("name with a space", headers -> headers.add("x y", "b")),
        attack("coding", headers -> headers.add("transfer-encoding", "chunked")),
        attack("connection", headers -> headers.add("connection", "close")),
        attack("authority", headers -> headers.authority("shop\r\nX: y")),
        attack("authority with a user", headers -> headers.authority("a@shop")),
        attack("two hosts", headers -> headers.add("host", "evil.example")),
        attack("length", headers -> headers.add("content-length", "5")),
        attack("no length", headers -> headers.add("content-length", "x")));
  }

  @Test
  void a_body_of_another_length_than_stated_is_no_request() throws Exception {
    try (var client = new Client(stage.port())) {
      var stream = client.send(get("/v1/users").method("POST").add("content-length", "3"), false);
      stream.writeAndFlush(
          new DefaultHttp2DataFrame(
              Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII), true));
      var answer = client.next();
      assertFalse(
          answer instanceof Http2HeadersFrame headers
              && headers.headers().status().toString().equals("200"));
    }
  }

  @Test
  void a_stop_says_good_bye_and_waits_for_what_is_under_way() throws Exception {
    var release = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          release.await();
          out.write(RawUpstream.bytes(Stage.OK));
        });
    var settings = Map.of("EMPORION_GATEWAY_DRAIN_TIME", "PT0.5S");
    try (var stopped = new Stage(service, settings);
        var client = new Client(stopped.port())) {
      client.send(get("/v1/users"), true);
      await().until(() -> service.heads().size() == 1);
      var stopping = Thread.ofVirtual().start(stopped.gateway()::close);
      var frame = client.next();
      assertTrue(frame instanceof Http2GoAwayFrame, frame.toString());
      ReferenceCountUtil.release(frame);
      release.countDown();
      assertEquals("200", client.status());
      assertEquals("ok", client.body());
      stopping.join();
      assertTrue(client.connection.closeFuture().await(20, TimeUnit.SECONDS));
    }
  }
}
