package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TokenTest extends StageTest {
  private static final String GOOD = Stage.token(Stage.KEY, Stage.claims().build());

  @TestFactory
  Stream<DynamicTest> what_is_no_bad_bearer_token_passes_as_it_is() {
    return Stream.of("Bearer " + GOOD, "bearer  " + GOOD, "Basic dXNlcjpwYXNz", "Custom x", "")
        .map(
            credentials ->
                DynamicTest.dynamicTest(
                    credentials.isEmpty() ? "none" : credentials.substring(0, 8),
                    () -> {
                      var line = "Authorization: " + credentials + "\r\n";
                      var lines = credentials.isEmpty() ? new String[0] : new String[] {line};
                      assertEquals(
                          200, RawClient.get(stage.port(), "/v1/users/me", lines).status());
                      assertEquals(
                          !credentials.isEmpty(),
                          service.lastHead().contains("Authorization: " + credentials));
                    }));
  }

  private static Map<String, String> bad() throws JOSEException {
    var bad = new LinkedHashMap<String, String>();
    bad.put("empty", "");
    bad.put("nonsense", "abc");
    bad.put("three dots", "a.b.c");
    bad.put("expired", Stage.token(Stage.KEY, Stage.claims().expirationTime(past()).build()));
    bad.put("no expiry", Stage.token(Stage.KEY, Stage.claims().expirationTime(null).build()));
    bad.put("early", Stage.token(Stage.KEY, Stage.claims().notBeforeTime(later()).build()));
    bad.put("issuer", Stage.token(Stage.KEY, Stage.claims().issuer("http://evil").build()));
    bad.put("audience", Stage.token(Stage.KEY, Stage.claims().audience("other").build()));
    bad.put("other key", Stage.token(Stage.key("unknown"), Stage.claims().build()));
    bad.put("forged", Stage.token(Stage.key("known"), Stage.claims().build()));
    bad.put("tampered", GOOD.substring(0, GOOD.length() - 8) + "AAAAAAAA");
    bad.put("unsigned", new PlainJWT(Stage.claims().build()).serialize());
    var mac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), Stage.claims().build());
    mac.sign(new MACSigner(Stage.KEY.toRSAPublicKey().getEncoded()));
    bad.put("signed with the public key", mac.serialize());
    bad.put("too long", "a".repeat(9_000));
    return bad;
  }

  private static Date past() {
    return Date.from(Instant.now().minusSeconds(60));
  }

  private static Date later() {
    return Date.from(Instant.now().plusSeconds(600));
  }

  @TestFactory
  Stream<DynamicTest> a_bad_token_is_turned_away_on_every_path() throws JOSEException {
    return bad().entrySet().stream()
        .map(
            token ->
                DynamicTest.dynamicTest(
                    token.getKey(),
                    () -> {
                      int before = service.heads().size();
                      for (var path :
                          new String[] {"/v1/users/me", "/v1/products", "/tokens", "/"}) {
                        assertRefused(
                            RawClient.get(
                                stage.port(),
                                path,
                                "Authorization: Bearer " + token.getValue() + "\r\n"));
                      }
                      assertEquals(before, service.heads().size());
                    }));
  }

  private static void assertRefused(RawClient.Answer answer) {
    assertEquals(401, answer.status());
    assertEquals("application/problem+json", answer.one("Content-Type"));
    assertEquals("Bearer error=\"invalid_token\"", answer.one("WWW-Authenticate"));
    assertTrue(answer.body().contains("\"title\":\"Invalid authentication credentials\""));
  }

  @TestFactory
  Stream<DynamicTest> a_stale_token_keeps_nobody_from_a_new_one() {
    var stale = Stage.token(Stage.KEY, Stage.claims().expirationTime(past()).build());
    return Stream.of(
            "POST /token",
            "POST /token/revoke",
            "GET /.well-known/jwks.json",
            "GET /.well-known/openid-configuration",
            "POST /v2/password-resets",
            "POST /v2/password-resets/redemptions")
        .map(
            request ->
                DynamicTest.dynamicTest(
                    request,
                    () -> {
                      var answer =
                          RawClient.send(
                              stage.port(),
                              request
                                  + " HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer "
                                  + stale
                                  + "\r\nContent-Length: 0\r\n\r\n");
                      assertEquals(200, answer.status());
                    }));
  }

  @Test
  void two_tokens_are_no_token() throws IOException {
    var line = "Authorization: Bearer " + GOOD + "\r\n";
    assertRefused(RawClient.get(stage.port(), "/v1/users/me", line, line));
  }

  @Test
  void a_token_with_a_body_behind_it_is_refused_and_the_connection_lives() throws IOException {
    try (var client = new RawClient(stage.port())) {
      for (int i = 0; i < 3; i++) {
        client.write(
            "POST /v1/orders HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer x\r\n"
                + "Content-Length: 4\r\n\r\nbody");
        assertRefused(client.read());
      }
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertEquals(200, client.read().status());
    }
  }

  @Test
  void without_the_issuers_keys_nobody_knows() throws IOException {
    var nowhere = Map.of("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "http://127.0.0.1:1/jwks.json");
    try (var keyless = new Stage(service, nowhere)) {
      for (int i = 0; i < 6; i++) {
        var answer =
            RawClient.get(keyless.port(), "/v1/users/me", "Authorization: Bearer " + GOOD + "\r\n");
        assertEquals(503, answer.status(), "attempt " + i);
        assertEquals("2", answer.one("Retry-After"));
      }
      assertEquals(200, RawClient.get(keyless.port(), "/v1/users/me").status());
    }
  }
}
