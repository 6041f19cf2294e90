package emporion.user.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import emporion.user.Issuer;
import java.text.Normalizer;
import java.util.UUID;
import java.util.stream.Collectors;
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

  /** The accents as characters of their own, as some keyboards and file systems have them. */
  private static String taken(String composed) {
    return Normalizer.normalize(composed, Normalizer.Form.NFD);
  }

  @Test
  void aPasswordIsTheSameOnEveryKeyboard() {
    var name = "k" + UUID.randomUUID().toString().substring(0, 13);
    var composed = "crème brûlée №1";
    assertEquals(201, issuer.register(name, taken(composed)).status());
    assertEquals(200, issuer.signIn(name, composed).status());
    assertEquals(200, issuer.signIn(name, "cre\u0300me bru\u0302le\u0301e No1").status());
    assertEquals(400, issuer.signIn(name, "creme brulee No1").status(), "accents count");
  }

  @Test
  void aHashOfWhatWasTypedStillCountsAndIsRenewed() throws Exception {
    var name = issuer.register();
    var typed = taken("crème brûlée");
    var today = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
    var old = Password.hash(typed).addRandomSalt(16).with(today).getResult();
    issuer.change("update users set password_hash = '" + old + "' where username = '" + name + "'");

    assertEquals(400, issuer.signIn(name, "crème brûlée").status(), "not what was typed");
    assertEquals(200, issuer.signIn(name, typed).status());
    assertEquals(200, issuer.signIn(name, "crème brûlée").status(), "renewed");
    assertEquals(200, issuer.signIn(name, typed).status());
  }

  @TestFactory
  Stream<DynamicTest> lengthsCountCharacters() {
    return Stream.of(
            "🐎🔋🧷🪤", // four
            "\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E123",
            taken("éèêë"), // four letters and their four accents
            "\uD83D\uD83D\uD83D\uD83D\uD83D\uD83D\uD83D\uD83D", // halves
            "ｐａｓｓｗｏｒｄ１", // common, in wide letters
            "ten\u0085control")
        .map(
            password ->
                DynamicTest.dynamicTest(
                    password,
                    () -> {
                      var name = "l" + UUID.randomUUID().toString().substring(0, 13);
                      var refused = issuer.register(name, escaped(password));
                      assertEquals(400, refused.status(), refused::toString);
                      assertEquals("/password", refused.text("/errors/0/pointer"));
                    }));
  }

  /** As JSON can write every UTF-16 unit, halves of characters too. */
  private static String escaped(String text) {
    return text.chars().mapToObj(unit -> "\\u%04x".formatted(unit)).collect(Collectors.joining());
  }

  @Test
  void everyCharacterCounts() {
    var name = "c" + UUID.randomUUID().toString().substring(0, 13);
    var first = "🐎🔋🧷🪤🎩🧦🪁🪀".repeat(7) + "🪀";
    assertEquals(201, issuer.register(name, first).status());
    assertEquals(200, issuer.signIn(name, first).status());
    assertEquals(400, issuer.signIn(name, first.substring(0, first.length() - 2)).status());
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
