package emporion.user.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.data.Housekeeping;
import emporion.chassis.testkit.Http.Answer;
import emporion.user.Issuer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Who has forgotten a password gets in by a link, once. */
class PasswordResetsTest {
  private static final String NEW = "another horse & battery";

  private final Issuer issuer = new Issuer();
  private final String name = issuer.register();

  private Answer ask(String address) {
    return issuer.anyone().post("/v2/password-resets", "{\"email_address\":\"" + address + "\"}");
  }

  private Answer redeem(String token, String password) {
    var body = "{\"token\":\"" + token + "\",\"password\":\"" + password + "\"}";
    return issuer.anyone().post("/v2/password-resets/redemptions", body);
  }

  /** As notification-service makes it of the newest event. */
  private String token() throws Exception {
    var id = reset();
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Issuer.RESET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var signature = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    return id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private String reset() throws SQLException {
    return issuer.column(
        "select r.id from password_reset r join users u on u.id = r.user_id where u.username = '"
            + name
            + "' order by r.id desc");
  }

  private String mails() throws SQLException {
    return issuer.column(
        "select count(*) from outbox where type = 'password_reset_requested'"
            + " and data like '%' || (select cast(id as varchar) from users where username = '"
            + name
            + "') || '%'");
  }

  @Test
  void theLinkSetsAPasswordOnceAndEndsEverySession() throws Exception {
    var session = issuer.signIn(name, Issuer.PASSWORD).text("/refresh_token");
    assertEquals(202, ask(name.toUpperCase() + "@example.org").status());
    assertEquals("1", mails());

    var token = token();
    assertEquals(204, redeem(token, NEW).status());
    assertEquals(200, issuer.signIn(name, NEW).status());
    assertEquals("invalid_grant", issuer.signIn(name, Issuer.PASSWORD).text("/error"));
    assertEquals("invalid_grant", issuer.refresh(session).text("/error"));

    var again = redeem(token, "yet another horse");
    assertEquals(400, again.status());
    assertEquals("/token", again.text("/errors/0/pointer"));
    assertEquals(200, issuer.signIn(name, NEW).status());
  }

  @Test
  void anAddressThatNobodyHasIsAnsweredAlikeAndGetsNoMail() throws Exception {
    var known = ask(name + "@example.org");
    var unknown = ask("nobody-" + UUID.randomUUID() + "@example.org");
    assertEquals(known.status(), unknown.status());
    assertEquals(known.body(), unknown.body());
  }

  @Test
  void theTimeOfTheAnswerTellsNothingOfTheAddress() {
    for (var address : List.of(name + "@example.org", "nobody-" + name + "@example.org")) {
      long begun = System.nanoTime();
      assertEquals(202, ask(address).status());
      var took = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(took.compareTo(Duration.ofMillis(150)) >= 0, address + " " + took);
    }
  }

  @Test
  void anAddressThatATokenAloneHasSetGetsNoLink() throws Exception {
    var elsewhere = name + "@elsewhere.example.org";
    assertEquals(200, move(elsewhere, "").status());
    assertEquals(202, ask(elsewhere).status());
    assertEquals("0", mails());

    var wrong = move(elsewhere, ",\"current_password\":\"not the password\"");
    assertEquals("/current_password", wrong.text("/errors/0/pointer"), wrong::toString);
    assertEquals(
        200, move(elsewhere, ",\"current_password\":\"" + Issuer.PASSWORD + "\"").status());
    assertEquals(202, ask(elsewhere).status());
    assertEquals("1", mails());
    assertEquals(200, move(elsewhere.toUpperCase(), "").status());
    ask(elsewhere);
    assertEquals("1", mails(), "another address again");
  }

  @Test
  void aLinkThatWasOnItsWayDoesNotWorkForWhoeverMovesTheAddressMeanwhile() throws Exception {
    ask(name + "@example.org");
    var token = token();
    assertEquals(200, move(name + "@elsewhere.example.org", "").status());
    assertEquals("/token", redeem(token, NEW).text("/errors/0/pointer"));
    assertEquals(200, issuer.signIn(name, Issuer.PASSWORD).status());
  }

  private Answer move(String address, String more) throws SQLException {
    var id = issuer.column("select id from users where username = '" + name + "'");
    var me = issuer.service().user(UUID.fromString(id), "shopper");
    return me.with("If-Match", me.get("/v2/users/me").header("ETag"))
        .patch("/v2/users/me", "{\"email_address\":\"" + address + "\"" + more + "}");
  }

  @Test
  void aLinkThatNobodyMadeIsNotGood() throws Exception {
    ask(name + "@example.org");
    var token = token();
    var forged = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");
    for (var bad : new String[] {forged, UUID.randomUUID() + ".x", "x", token.substring(0, 36)}) {
      assertEquals("/token", redeem(bad, NEW).text("/errors/0/pointer"), bad);
    }
    assertEquals(200, issuer.signIn(name, Issuer.PASSWORD).status());
  }

  @Test
  void aRefusedPasswordDoesNotSpendTheLink() throws Exception {
    ask(name + "@example.org");
    assertEquals("/password", redeem(token(), "password1").text("/errors/0/pointer"));
    assertEquals(204, redeem(token(), NEW).status());
  }

  @Test
  void aMailboxIsNotFlooded() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertEquals(202, ask(name + "@example.org").status());
    }
    assertEquals("3", mails());
  }

  @Test
  void anOldLinkIsNotGoodAndIsForgotten() throws Exception {
    ask(name + "@example.org");
    var token = token();
    issuer.change(
        "update password_reset set expires_at = timestamp '2026-01-01 00:00:00' where id = '"
            + token.substring(0, 36)
            + "'");
    assertEquals("/token", redeem(token, NEW).text("/errors/0/pointer"));
    issuer.service().bean(Housekeeping.class).sweep(Instant.now().plus(Duration.ofMinutes(1)));
    assertNull(reset());
  }
}
