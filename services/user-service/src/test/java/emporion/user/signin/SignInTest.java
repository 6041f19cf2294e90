package emporion.user.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.user.Issuer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The issuer, as an OAuth2 client sees it. */
class SignInTest {
  private static final String PASSWORD = Issuer.PASSWORD;

  private final Issuer issuer = new Issuer();
  private final Http anyone = issuer.anyone();
  private final String name = issuer.register();

  private Answer token(String... form) {
    return issuer.form("/token", form);
  }

  @Test
  void theRightPasswordGetsATokenThatThePublishedKeyVerifies() throws Exception {
    var granted = token("username", name, "password", PASSWORD);
    assertEquals(200, granted.status(), granted::toString);
    assertEquals("bearer", granted.text("/token_type"));
    assertEquals("no-store", granted.header("Cache-Control"));

    var token = SignedJWT.parse(granted.text("/access_token"));
    var keys = JWKSet.parse(anyone.get("/.well-known/jwks.json").body());
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
    assertTrue(token.verify(new RSASSAVerifier(key)));
    assertFalse(key.isPrivate());
    assertEquals(name, token.getJWTClaimsSet().getStringClaim("upn"));
    assertEquals(List.of("shopper"), token.getJWTClaimsSet().getStringListClaim("groups"));
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreToldApartByNothing() {
    var wrong = token("username", name, "password", "wrong");
    var unknown = token("username", "nobody" + name, "password", "wrong");
    assertEquals(400, wrong.status());
    assertEquals("invalid_grant", wrong.text("/error"));
    assertEquals(wrong.body(), unknown.body());
  }

  @Test
  void aNameThatNobodyCanHaveIsNobodys() {
    for (var odd :
        new String[] {"a\0b", "x".repeat(2_000), "ａｄｍｉｎ", "' or 1=1 --", "\u202Eadmin"}) {
      assertEquals("invalid_grant", token("username", odd, "password", "wrong").text("/error"));
    }
  }

  @Test
  void aRefreshTokenWorksOnceAndItsSecondUseEndsTheFamily() {
    var first = token("username", name, "password", PASSWORD).text("/refresh_token");
    var second = issuer.refresh(first);
    assertEquals(200, second.status(), second::toString);
    assertNotEquals(first, second.text("/refresh_token"));

    assertEquals("invalid_grant", issuer.refresh(first).text("/error"));
    assertEquals("invalid_grant", issuer.refresh(second.text("/refresh_token")).text("/error"));
  }

  @Test
  void aSessionIsEndedByItsToken() {
    var other = token("username", name, "password", PASSWORD).text("/refresh_token");
    var first = token("username", name, "password", PASSWORD).text("/refresh_token");
    var second = issuer.refresh(first).text("/refresh_token");
    assertEquals(200, issuer.form("/token/revoke", "token", first).status());
    assertEquals("invalid_grant", issuer.refresh(second).text("/error"));
    assertEquals(200, issuer.refresh(other).status(), "another session");
    assertEquals(200, issuer.form("/token/revoke", "token", "nobody's").status());
    assertEquals("invalid_request", issuer.form("/token/revoke", "x", "y").text("/error"));
    assertEquals(
        "unsupported_token_type",
        issuer
            .form("/token/revoke", "token", "a.b.c", "token_type_hint", "access_token")
            .text("/error"));
  }

  @Test
  void aClientNeedsItsSecret() {
    var wrong =
        token(
            "grant_type", "client_credentials", "client_id", "order-service", "client_secret", "x");
    assertEquals(401, wrong.status());
    assertEquals("invalid_client", wrong.text("/error"));
    assertFalse(wrong.header("WWW-Authenticate").isEmpty());
  }

  @Test
  void badRequestsAreNamedAsRfc6749Does() {
    assertEquals("invalid_request", token("x", "y").text("/error"));
    assertEquals("invalid_request", token("username", name).text("/error"));
    assertEquals(
        "invalid_request",
        token("username", name, "username", "other", "password", PASSWORD).text("/error"));
    assertEquals(
        "unsupported_grant_type", token("grant_type", "magic", "username", name).text("/error"));
    assertEquals(415, anyone.post("/token", "{}").status());
  }

  @Test
  void theDiscoveryDocumentNamesTheIssuerOfTheTokens() throws Exception {
    var document = anyone.get("/.well-known/openid-configuration");
    var token =
        SignedJWT.parse(token("username", name, "password", PASSWORD).text("/access_token"));
    assertEquals(token.getJWTClaimsSet().getIssuer(), document.text("/issuer"));
  }
}
