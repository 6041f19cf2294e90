package emporion.user.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.user.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever names a client has to be it (RFC 6749, sections 2.3, 4.3.2, 5.2 and 6; RFC 7009). */
class ClientsTest {
  private static final String CLIENT = "order-service";

  private final Issuer issuer = new Issuer();
  private final Http anyone = issuer.anyone();
  private final String name = issuer.register();

  private static String basic(String id, String secret) {
    var pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private Answer token(String authorization, String... form) {
    return issuer.form(anyone.with("Authorization", authorization), "/token", form);
  }

  private static String claims(Answer answer) {
    var claims = answer.text("/access_token").split("\\.")[1];
    return new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
  }

  private Answer signIn(String... more) {
    var form = new String[4 + more.length];
    System.arraycopy(new String[] {"username", name, "password", Issuer.PASSWORD}, 0, form, 0, 4);
    System.arraycopy(more, 0, form, 4, more.length);
    return issuer.form("/token", form);
  }

  private Answer signInAs(String authorization, String... more) {
    var form = new String[4 + more.length];
    System.arraycopy(new String[] {"username", name, "password", Issuer.PASSWORD}, 0, form, 0, 4);
    System.arraycopy(more, 0, form, 4, more.length);
    return token(authorization, form);
  }

  private static void assertError(int status, String code, Answer answer) {
    assertEquals(status, answer.status(), answer::toString);
    assertEquals(code, answer.text("/error"), answer::toString);
    assertEquals("no-store", answer.header("Cache-Control"));
    assertEquals(status == 401, answer.header("WWW-Authenticate").startsWith("Basic realm="));
  }

  @TestFactory
  Stream<DynamicTest> aSecretThatIsNotRightIsRefusedWithEveryGrant() {
    return Stream.of(
            basic(CLIENT, "wrong"),
            basic(CLIENT, ""),
            basic("", Issuer.CLIENT_SECRET),
            basic("nobody", "x"),
            basic("UPPER..", "x"),
            "Basic",
            "Basic !",
            "Basic " + Base64.getEncoder().encodeToString("no colon".getBytes()),
            "Digest username=\"order-service\"")
        .map(header -> DynamicTest.dynamicTest(header, () -> refusesEveryGrant(header)));
  }

  private void refusesEveryGrant(String header) {
    var session = signIn().text("/refresh_token");
    assertError(401, "invalid_client", signInAs(header));
    assertError(401, "invalid_client", token(header, "grant_type", "client_credentials"));
    assertError(
        401,
        "invalid_client",
        token(header, "grant_type", "refresh_token", "refresh_token", session));
    assertError(
        401,
        "invalid_client",
        issuer.form(anyone.with("Authorization", header), "/token/revoke", "token", session));
    assertEquals(200, issuer.refresh(session).status(), "neither spent nor ended");
  }

  @Test
  void aClientInTheBodyIsAuthenticatedToo() {
    assertError(
        401, "invalid_client", signIn("client_id", CLIENT, "client_secret", "not the secret"));
    assertError(401, "invalid_client", signIn("client_id", CLIENT));
    assertError(401, "invalid_client", signIn("client_secret", Issuer.CLIENT_SECRET));
    assertError(401, "invalid_client", issuer.form("/token", "grant_type", "client_credentials"));
    assertEquals(200, signIn("client_id", CLIENT, "client_secret", Issuer.CLIENT_SECRET).status());
  }

  @Test
  void theRightSecretGetsAToken() {
    var right = basic(CLIENT, Issuer.CLIENT_SECRET);
    assertEquals(200, signInAs(right).status());
    assertEquals(200, signInAs(right, "client_id", CLIENT).status());
    var own = token(right, "grant_type", "client_credentials");
    assertEquals(200, own.status(), own::toString);
    assertEquals("", own.text("/refresh_token"));
    assertEquals("", own.text("/scope"), "nobody asked");
    var encoded = basic("order%2Dservice", Issuer.CLIENT_SECRET.replace(" ", "+"));
    var coded = token(encoded, "grant_type", "client_credentials");
    assertEquals(200, coded.status(), coded::toString);
    assertTrue(claims(coded).contains("\"sub\":\"" + CLIENT + "\""), () -> claims(coded));
    assertEquals(200, signInAs(encoded, "client_id", CLIENT).status());
  }

  @Test
  void aClientIsNamedInOneWay() {
    var right = basic(CLIENT, Issuer.CLIENT_SECRET);
    assertError(400, "invalid_request", signInAs(right, "client_secret", Issuer.CLIENT_SECRET));
    assertError(400, "invalid_request", signInAs(right, "client_id", "payment-service"));
    assertError(400, "invalid_request", signIn("client_id", "a", "client_id", "b"));
  }

  @Test
  void whoeverHasNoSecretNeedsNone() {
    assertEquals(200, signIn("client_id", "a-page").status());
    assertEquals(200, signIn("client_id", "", "client_secret", "", "scope", "").status());
    assertEquals(200, signIn("grant_type", "").status());
    assertEquals(200, signInAs(basic("", "")).status(), "what Swagger UI sends");
    assertEquals(200, signInAs(basic("a-page", "")).status(), "what requests-oauthlib sends");
  }

  @Test
  void aRefreshTokenBelongsToTheClientThatItWasIssuedTo() {
    var right = basic(CLIENT, Issuer.CLIENT_SECRET);
    var session = signInAs(right).text("/refresh_token");
    assertError(400, "invalid_grant", issuer.refresh(session));
    assertEquals(200, issuer.form("/token/revoke", "token", session).status());
    var next = token(right, "grant_type", "refresh_token", "refresh_token", session);
    assertEquals(200, next.status(), next::toString);
    var client = anyone.with("Authorization", right);
    assertEquals(
        200, issuer.form(client, "/token/revoke", "token", next.text("/refresh_token")).status());
    assertError(
        400,
        "invalid_grant",
        token(right, "grant_type", "refresh_token", "refresh_token", next.text("/refresh_token")));
    var free = signIn().text("/refresh_token");
    assertError(
        400, "invalid_grant", token(right, "grant_type", "refresh_token", "refresh_token", free));
    assertEquals(200, issuer.refresh(free).status(), "and is not spent by another");
  }

  @TestFactory
  Stream<DynamicTest> aTokenThatDoesNotHoldKeepsNobodyOut() {
    var stale =
        "Bearer "
            + issuer
                .service()
                .issuer()
                .token(claims -> claims.expirationTime(new java.util.Date(0)));
    return Stream.of(stale, "Bearer x", "Bearer", "bearer a.b.c", "Bearer  ")
        .map(
            header ->
                DynamicTest.dynamicTest(
                    header.substring(0, Math.min(20, header.length())), () -> letsIn(header)));
  }

  private void letsIn(String header) {
    var session = signInAs(header);
    assertEquals(200, session.status(), session::toString);
    var client = anyone.with("Authorization", header);
    var ended = issuer.form(client, "/token/revoke", "token", session.text("/refresh_token"));
    assertEquals(200, ended.status(), ended::toString);
    assertEquals(200, client.get("/.well-known/jwks.json").status());
    assertEquals(200, client.get("/.well-known/openid-configuration").status());
    assertEquals(200, client.get("/.well-known/oauth-authorization-server").status());
    var reset = "{\"email_address\":\"" + name + "@example.org\"}";
    assertEquals(202, client.post("/v2/password-resets", reset).status());
    assertEquals(401, client.get("/v1/users/me").status());
  }

  @Test
  void theScopeIsWhatTheRolesAre() {
    var granted = signIn("scope", "openid admin");
    assertEquals("shopper", granted.text("/scope"), granted::toString);
    assertError(400, "invalid_scope", signIn("scope", "two  blanks"));
    assertError(400, "invalid_scope", signIn("scope", "\"quoted\""));
    assertError(400, "invalid_scope", signIn("scope", "ünlaut"));
  }

  @Test
  void whatIsMissingIsSaid() {
    for (var body :
        new String[] {"", "username", "username&password", "=", "username=&password="}) {
      var answer =
          anyone
              .with("Content-Type", "application/x-www-form-urlencoded")
              .send("POST", "/token", body);
      assertError(400, "invalid_request", answer);
    }
    assertError(400, "invalid_request", issuer.form("/token", "grant_type", "refresh_token"));
    assertError(400, "invalid_request", issuer.form("/token/revoke", "token", ""));
    assertError(
        400,
        "invalid_request",
        issuer.form("/token", "username", name, "password", "x".repeat(3_000)));
    var keyOnly =
        anyone
            .with("Content-Type", "application/x-www-form-urlencoded")
            .send(
                "POST", "/token", "username=" + name + "&password=correct+horse+%26+battery&scope");
    assertEquals(200, keyOnly.status(), keyOnly::toString);
  }

  @Test
  void bothMetadataDocumentsSayTheSameAndNothingEmpty() {
    var document = anyone.get("/.well-known/oauth-authorization-server");
    assertEquals(200, document.status(), document::toString);
    assertEquals(document.body(), anyone.get("/.well-known/openid-configuration").body());
    assertEquals(document.text("/issuer") + "/token", document.text("/token_endpoint"));
    document.at("").forEach(value -> assertTrue(!value.isArray() || !value.isEmpty()));
    assertTrue(document.at("/response_types_supported").isMissingNode());
  }
}
