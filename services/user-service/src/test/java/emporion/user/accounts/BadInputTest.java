package emporion.user.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestService;
import emporion.user.Issuer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is wrong with a request is a 4xx problem that says where, and changes nothing. */
class BadInputTest {
  private static final String LONG = "x".repeat(300);

  private final TestService service = new Issuer().service();
  private final Http admin = service.user("admin");

  private record Case(String name, String body, int status, String pointer) {}

  private static Case bad(String name, String body, String pointer) {
    return new Case(name, body, 400, pointer);
  }

  private static Case address(String address) {
    return bad(address, user("\"badinput11\"", "\"" + address + "\""), "/email");
  }

  private static String user(String username, String email) {
    return "{\"username\":" + username + ",\"email\":" + email + "}";
  }

  @TestFactory
  Stream<DynamicTest> registering() {
    var good = "\"ok@example.org\"";
    return Stream.of(
            bad("no body", "", ""),
            bad("null", "null", ""),
            bad("an array", "[]", ""),
            bad("a string", "\"x\"", ""),
            bad("cut off", "{\"username\":", ""),
            bad("two values", user("\"badinput1\"", good) + "{}", ""),
            bad("no username", "{\"email\":" + good + "}", "/username"),
            bad("null username", user("null", good), "/username"),
            bad("a number as username", user("17", good), "/username"),
            bad("a true username", user("true", good), "/username"),
            bad("an object as username", user("{}", good), "/username"),
            bad("an empty username", user("\"\"", good), "/username"),
            bad("a blank username", user("\"   \"", good), "/username"),
            bad("a username of one letter", user("\"a\"", good), "/username"),
            bad("an overlong username", user("\"" + LONG + "\"", good), "/username"),
            bad("a username with a blank", user("\"a b\"", good), "/username"),
            bad("a username with NUL", user("\"ab\\u0000c\"", good), "/username"),
            bad("a username with a line end", user("\"ab\\r\\nc\"", good), "/username"),
            bad("no address", "{\"username\":\"badinput2\"}", "/email"),
            bad("an address without @", user("\"badinput3\"", "\"example.org\""), "/email"),
            bad("two addresses", user("\"badinput4\"", "\"a@b.de,c@d.de\""), "/email"),
            bad(
                "a line end in the address",
                user("\"badinput5\"", "\"a@b.de\\r\\nX:1\""),
                "/email"),
            bad("an overlong address", user("\"badinput6\"", "\"a@" + LONG + ".de\""), "/email"),
            address("a..b@example.org"),
            address(".a@example.org"),
            address("a.@example.org"),
            address("jörg@example.org"),
            address("a@[127.0.0.1]"),
            address("a@127.0.0.1"),
            address("a@exam ple.org"),
            address("a@straße.example"),
            address("\u00a0a@example.org"),
            address("a\u200b@example.org"),
            address("x".repeat(65) + "@example.org"),
            bad("an unknown field", "{\"username\":\"badinput7\",\"role\":\"admin\"}", "/role"),
            bad("a doubled field", "{\"username\":\"badinput8\",\"username\":\"x2\"}", ""),
            bad(
                "a short password",
                "{\"username\":\"badinput9\",\"email\":" + good + ",\"password\":\"short\"}",
                "/password"))
        .map(
            bad ->
                DynamicTest.dynamicTest(
                    bad.name,
                    () -> {
                      var before = count();
                      var answer = service.anonymous().post("/v1/users", bad.body);
                      assertEquals(bad.status, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                      assertTrue(
                          answer.body().contains("\"pointer\":\"" + bad.pointer + "\""),
                          answer::toString);
                      assertEquals(before, count());
                    }));
  }

  @Test
  void lettersThatTheMailServerCantTakeAreNamed() {
    var answer =
        service
            .anonymous()
            .post(
                "/v2/users",
                "{\"username\":\"badinput12\",\"email_address\":\"jörg@example.org\"}");
    assertEquals("/email_address", answer.text("/errors/0/pointer"), answer::toString);
    assertTrue(answer.text("/errors/0/detail").contains("mail server"), answer::toString);
  }

  private String count() {
    return admin.get("/v1/users?limit=100").body();
  }

  @TestFactory
  Stream<DynamicTest> queries() {
    return Stream.of(
            "limit=0",
            "limit=-1",
            "limit=101",
            "limit=1.5",
            "limit=2147483648",
            "limit=x",
            "cursor=x",
            "cursor=!!",
            "role=king",
            "active=maybe",
            "q=" + LONG,
            "q=%00")
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query.length() > 20 ? query.substring(0, 20) : query,
                    () -> {
                      var answer = admin.get("/v1/users?" + query);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                    }));
  }

  /** With its length stated, and in chunks, of which nobody knows how many there will be. */
  @TestFactory
  Stream<DynamicTest> aBodyThatIsTooLarge() {
    var bytes = " ".repeat(1_100_000).getBytes();
    return Map.of(
            "stated", BodyPublishers.ofByteArray(bytes),
            "chunked", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
        .entrySet()
        .stream()
        .map(body -> DynamicTest.dynamicTest(body.getKey(), () -> isTooLarge(body.getValue())));
  }

  private void isTooLarge(BodyPublisher body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(admin.base() + "/v1/users"))
            .header("Content-Type", "application/json")
            .POST(body)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = new Http.Answer(client.send(request, BodyHandlers.ofString()));
      assertEquals(413, answer.status(), answer::toString);
      assertEquals("too-large", answer.problem());
    }
  }

  @Test
  void aBadIdIsNoUser() {
    for (var id : new String[] {"1", "x", "%20", LONG, "01a20c67-7ab7-718c-acb6-a97a006d7e9"}) {
      var answer = admin.get("/v1/users/" + id);
      assertEquals(404, answer.status(), answer::toString);
      assertEquals("not-found", answer.problem());
    }
  }

  @Test
  void otherMediaTypesAreRefused() {
    var answer =
        service
            .anonymous()
            .with("Content-Type", "text/plain")
            .send("POST", "/v1/users", user("\"badinput10\"", "\"a@b.de\""));
    assertEquals(415, answer.status());
    assertEquals("unsupported-media-type", answer.problem());
  }

  @Test
  void otherMethodsAreRefusedAndTheRightOnesNamed() {
    var answer = admin.put("/v1/users", "{}");
    assertEquals(405, answer.status());
    assertEquals("method-not-allowed", answer.problem());
    assertTrue(answer.header("Allow").contains("POST"));
  }

  @Test
  void answersThatCantBeMadeAreRefused() {
    var answer = admin.with("Accept", "application/xml").get("/v1/users");
    assertEquals(406, answer.status(), answer::toString);
  }
}
