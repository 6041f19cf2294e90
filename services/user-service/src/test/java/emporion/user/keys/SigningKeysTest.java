package emporion.user.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import emporion.chassis.data.Housekeeping;
import emporion.chassis.testkit.Http;
import emporion.user.Issuer;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys come and go, and whoever checks tokens always has the one that signed. */
class SigningKeysTest {
  private final Issuer issuer = new Issuer();
  private final Http admin = issuer.service().user("admin");
  private final String name = issuer.register();

  @BeforeEach
  void onlyOneKey() throws ParseException {
    var signing = signing();
    for (var key : admin.get("/v2/signing-keys").at("/items")) {
      if (!key.get("key_id").asText().equals(signing)) {
        assertEquals(204, admin.delete("/v2/signing-keys/" + key.get("key_id").asText()).status());
      }
    }
  }

  private String signing() throws ParseException {
    var token = issuer.signIn(name, Issuer.PASSWORD).text("/access_token");
    return SignedJWT.parse(token).getHeader().getKeyID();
  }

  private boolean published(String kid) throws ParseException {
    var keys = JWKSet.parse(issuer.anyone().get("/.well-known/jwks.json").body());
    return keys.getKeyByKeyId(kid) != null;
  }

  @Test
  void aNewKeyIsPublishedBeforeItSigns() throws Exception {
    var old = signing();
    var rotated = admin.post("/v2/signing-keys", "");
    assertEquals(200, rotated.status(), rotated::toString);
    var next = rotated.text("/key_id");
    assertEquals("next", rotated.text("/status"));

    assertTrue(published(next) && published(old));
    assertEquals(old, signing());
    assertEquals(next, admin.post("/v2/signing-keys", "").text("/key_id"), "asked for twice");

    issuer.change("update signing_key set signs_from = created_at where kid = '" + next + "'");
    assertNotEquals(next, admin.post("/v2/signing-keys", "").text("/key_id"));
    assertEquals(next, signing());
    assertTrue(published(old), "its tokens still live");
    assertEquals("retired", admin.get("/v2/signing-keys").text("/items/0/status"));
  }

  @Test
  void aKeyThatIsTooOldIsFollowedByAnotherAndForgottenAfterItsTokens() throws Exception {
    var old = signing();
    sweep(Duration.ofDays(89));
    assertEquals(1, admin.get("/v2/signing-keys").at("/items").size());
    sweep(Duration.ofDays(91));
    var next = admin.get("/v2/signing-keys").text("/items/1/key_id");
    assertEquals("next", admin.get("/v2/signing-keys").text("/items/1/status"));
    assertTrue(published(old));

    sweep(Duration.ofMinutes(34));
    assertTrue(published(old), "15 minutes until the next one signs, 15 for tokens, 5 for clocks");
    sweep(Duration.ofMinutes(36));
    assertFalse(published(old));
    assertTrue(published(next));
  }

  @Test
  void aLeakedKeyEndsAtOnce() throws Exception {
    var leaked = signing();
    assertEquals(204, admin.delete("/v2/signing-keys/" + leaked).status());
    assertFalse(published(leaked));
    assertNotEquals(leaked, signing());
    assertTrue(published(signing()));
    assertEquals(404, admin.delete("/v2/signing-keys/" + leaked).status());
  }

  @Test
  void onlyAdministratorsSeeAndChangeThem() {
    assertEquals(401, issuer.anyone().get("/v2/signing-keys").status());
    assertEquals(403, issuer.service().user("support").post("/v2/signing-keys", "").status());
    assertFalse(admin.get("/v2/signing-keys").body().contains("\"d\""));
  }

  private void sweep(Duration later) {
    issuer.service().bean(Housekeeping.class).sweep(Instant.now().plus(later));
  }
}
