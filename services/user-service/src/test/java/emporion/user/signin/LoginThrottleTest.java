package emporion.user.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.user.Issuer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Guessing is slow, for whoever guesses and for nobody else. */
class LoginThrottleTest {
  private static final int PER_ORIGIN = 10;

  private final Issuer issuer = new Issuer();

  @Test
  void afterTenWrongPasswordsTheRightOneHasToWaitToo() {
    var name = issuer.register();
    guess(name, "192.0.2.1", PER_ORIGIN);
    var refused = issuer.signInFrom("192.0.2.1", name, Issuer.PASSWORD);
    assertEquals(429, refused.status(), refused::toString);
    assertEquals("rate-limited", refused.problem());
    assertFalse(refused.header("Retry-After").isEmpty());
    assertEquals(200, issuer.signInFrom("192.0.2.2", name, Issuer.PASSWORD).status());
  }

  @Test
  void aNameThatDoesNotExistIsSlowedDownAlike() {
    var name = "nobody-" + UUID.randomUUID().toString().substring(0, 13);
    guess(name, "192.0.2.1", PER_ORIGIN);
    assertEquals(429, issuer.signInFrom("192.0.2.1", name, "wrong").status());
  }

  @Test
  void whoGuessesFromManyAddressesDoesNotLockOutTheUser() {
    var name = issuer.register();
    assertEquals(200, issuer.signInFrom("2001:db8:1:2::7", name, Issuer.PASSWORD).status());
    int guesses = 0;
    while (issuer.signInFrom("198.51.100." + guesses, name, "wrong").status() == 400) {
      guesses++;
    }
    assertTrue(guesses >= Issuer.GUESSES_PER_NAME, "slowed down after " + guesses);
    assertEquals(429, issuer.signInFrom("198.51.100.200", name, Issuer.PASSWORD).status());
    assertEquals(200, issuer.signInFrom("2001:db8:1:2::8", name, Issuer.PASSWORD).status());
  }

  @Test
  void aStolenTokenIsNoWayToGuessThePassword() throws Exception {
    var name = issuer.register();
    var id = issuer.column("select id from users where username = '" + name + "'");
    var thief = issuer.service().user(UUID.fromString(id));
    var tag = thief.get("/v1/users/me").header("ETag");
    for (int i = 0; i < PER_ORIGIN; i++) {
      var guess = "{\"password\":\"a brand new one\",\"current_password\":\"guess " + i + "\"}";
      assertEquals(400, thief.with("If-Match", tag).patch("/v1/users/me", guess).status());
    }
    var right =
        "{\"password\":\"a brand new one\",\"current_password\":\"" + Issuer.PASSWORD + "\"}";
    assertEquals(429, thief.with("If-Match", tag).patch("/v1/users/me", right).status());
  }

  private void guess(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(400, issuer.signInFrom(address, name, "wrong").status());
    }
  }
}
