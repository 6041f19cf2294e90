package emporion.user.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import emporion.user.Issuer;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How passwords are chosen and kept. */
class PasswordsTest {
  private final Issuer issuer = new Issuer();

  @TestFactory
  Stream<DynamicTest> whatEverybodyTriesFirstIsRefused() {
    var name = "quentin" + UUID.randomUUID().toString().substring(0, 8);
    return Stream.of(
            "password1", "PassWord1", "12345678", "1234567", "emporion12", name, name + "1")
        .map(
            password ->
                DynamicTest.dynamicTest(
                    password,
                    () -> {
                      var refused = issuer.register(name, password);
                      assertEquals(400, refused.status(), refused::toString);
                      assertEquals("/password", refused.text("/errors/0/pointer"));
                      assertFalse(refused.body().contains("\"" + password + "\""), "repeated");
                    }));
  }

  @Test
  void aHashByOtherParametersIsRenewedAtTheNextSignIn() throws Exception {
    var name = issuer.register();
    var weak = Argon2Function.getInstance(1_024, 1, 1, 32, Argon2.ID);
    var old = Password.hash(Issuer.PASSWORD).addRandomSalt(16).with(weak).getResult();
    issuer.change("update users set password_hash = '" + old + "' where username = '" + name + "'");

    assertEquals(200, issuer.signIn(name, Issuer.PASSWORD).status());

    var renewed = issuer.column("select password_hash from users where username = '" + name + "'");
    assertTrue(renewed.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), renewed);
    assertEquals(200, issuer.signIn(name, Issuer.PASSWORD).status());
  }

  @Test
  void anotherImplementationFindsTheSameHash() throws Exception {
    var name = issuer.register();
    var hash = issuer.column("select password_hash from users where username = '" + name + "'");
    var argon2 = Argon2Function.getInstanceFromHash(hash);
    assertTrue(Password.check(Issuer.PASSWORD, hash).with(argon2));
    assertFalse(Password.check(Issuer.PASSWORD + "x", hash).with(argon2));
  }

  @Test
  void aNewPasswordEndsEverySession() throws Exception {
    var name = issuer.register();
    var session = issuer.signIn(name, Issuer.PASSWORD).text("/refresh_token");
    var id = issuer.column("select id from users where username = '" + name + "'");
    var me = issuer.service().user(UUID.fromString(id));
    var change =
        "{\"password\":\"a brand new one\",\"current_password\":\"" + Issuer.PASSWORD + "\"}";
    var changed =
        me.with("If-Match", me.get("/v1/users/me").header("ETag")).patch("/v1/users/me", change);
    assertEquals(200, changed.status(), changed::toString);
    assertEquals("invalid_grant", issuer.refresh(session).text("/error"));
    assertEquals(200, issuer.signIn(name, "a brand new one").status());
  }
}
