package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bodies, both ways: framed in every manner, whole, and while they are made. */
class BodyTest extends StageTest {
  @TestFactory
  Stream<DynamicTest> answers_without_a_body_have_none() {
    return Map.of(
            "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n",
            "HEAD ", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET", "HTTP/1.1 204 No Content\r\n\r\n",
            "GET ", "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nContent-Length: 77\r\n\r\n",
            "GET  ", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
        .entrySet()
        .stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getValue().strip(),
                    () -> {
                      service.say(entry.getValue());
                      try (var client = new RawClient(stage.port())) {
                        var method = entry.getKey().strip();
                        client.write(method + " /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
                        var answer = client.read(true);
                        var length = entry.getValue().replaceAll("(?s).*Length: (\\d+).*", "$1");
                        assertEquals(
                            length.length() < 5 ? length : "", answer.one("Content-Length"));
                        assertEquals("", answer.one("Transfer-Encoding"));
                        service.say(Stage.OK);
                        client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
                        assertEquals("ok", client.read().body());
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> bodies_pass_however_they_are_framed() {
    return Stream.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
            "HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "5\r\n"
                + "hello\r\n"
                + "6;x=y\r\n"
                + " world\r\n"
                + "0\r\n"
                + "X-Sum: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: Chunked\r\n"
                + "Content-Length: 99\r\n\r\n"
                + "B\r\n"
                + "hello world\r\n"
                + "0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello world",
            "HTTP/1.0 200 OK\r\n\r\nhello world")
        .map(
            answer ->
                DynamicTest.dynamicTest(
                    answer.substring(0, answer.indexOf("hello")).strip(),
                    () -> {
                      service.script(
                          (head, body, out) -> {
                            out.write(RawUpstream.bytes(answer));
                            if (!answer.contains("Length: 11") && !answer.contains("hunked")) {
                              service.hangUp();
                            }
                          });
                      assertEquals("hello world", RawClient.get(stage.port(), "/v1/users").body());
                    }));
  }

  @Test
  void an_answer_flows_while_it_is_made() throws Exception {
    var seen = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          out.write(
              RawUpstream.bytes(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"));
          assertTrue(seen.await(20, TimeUnit.SECONDS));
          out.write(RawUpstream.bytes("4\r\nlast\r\n0\r\n\r\n"));
        });
    try (var client = new RawClient(stage.port())) {
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      for (var line = client.line(); !line.isEmpty(); line = client.line()) {}
      assertEquals("5", client.line());
      assertEquals("first", client.line());
      seen.countDown();
      assertEquals("4", client.line());
      assertEquals("last", client.line());
      assertEquals("0", client.line());
    }
  }

  @Test
  void a_request_flows_while_it_is_made() throws Exception {
    var seen = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          assertEquals("5\r\nfirst\r\n", new String(body.readNBytes(10)));
          seen.countDown();
          assertEquals("4\r\nlast\r\n0\r\n\r\n", new String(body.readNBytes(14)));
          out.write(RawUpstream.bytes(Stage.OK));
        });
    try (var client = new RawClient(stage.port())) {
      client.write("POST /v1/users HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.write("5;ext=1\r\nfirst\r\n");
      assertTrue(seen.await(20, TimeUnit.SECONDS));
      client.write("4\r\nlast\r\n0\r\nX-Sum: 1\r\n\r\n");
      assertEquals("ok", client.read().body());
      assertTrue(service.lastHead().contains("Transfer-Encoding: chunked\r\n"));
      service.say(Stage.OK);
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertEquals("ok", client.read().body());
    }
  }

  @Test
  void large_bodies_pass_whole() throws Exception {
    var large = "0123456789abcdef".repeat(60_000);
    service.script(
        (head, body, out) -> {
          var echo = body.readNBytes(large.length());
          out.write(
              RawUpstream.bytes("HTTP/1.1 200 OK\r\nContent-Length: " + echo.length + "\r\n\r\n"));
          out.write(echo);
        });
    var answer =
        RawClient.send(
            stage.port(),
            "PUT /v1/users/1 HTTP/1.1\r\nHost: shop\r\nContent-Length: "
                + large.length()
                + "\r\n\r\n"
                + large);
    assertEquals(large, answer.body());
  }

  @Test
  void a_client_that_asks_is_told_to_continue_and_others_are_not() throws IOException {
    service.script(
        (head, body, out) -> {
          body.readNBytes(4);
          out.write(RawUpstream.bytes(Stage.OK));
        });
    var post = "POST /v1/users HTTP/1.1\r\nHost: shop\r\nContent-Length: 4\r\n";
    try (var client = new RawClient(stage.port())) {
      client.write(post + "Expect: 100-continue\r\n\r\n");
      assertEquals(100, client.read().status());
      client.write("body");
      assertEquals("ok", client.read().body());
      client.write(post + "\r\nbody");
      assertEquals(200, client.read().status());
      client.write(post.replace("users", "nothing") + "Expect: 100-continue\r\n\r\n");
      assertEquals(404, client.read().status());
      assertTrue(client.closed());
    }
  }
}
