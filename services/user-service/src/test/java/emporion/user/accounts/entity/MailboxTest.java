package emporion.user.accounts.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What RFC 5321 and IDNA take for an address. */
class MailboxTest {
  private static final String L60 = "x".repeat(60);
  private static final String L63 = L60 + "yyy";

  @TestFactory
  Stream<DynamicTest> mailCanGoTo() {
    return Stream.of(
            "a@b.de",
            "ariadne+shop@example.org",
            "o'hara/sales=eu{x}@example.org",
            "first.last@sub.example.org",
            "a@localhost",
            "a@1and1.example",
            "a@xn--bcher-kva.example",
            "a@bücher.example",
            "a@BÜCHER.example",
            "a@例え.テスト",
            "jörg@example.org",
            L63 + "z@example.org",
            "a@" + L63 + ".de",
            L63 + "z@" + (L63 + ".").repeat(2) + L60.substring(1) + ".d")
        .map(
            good ->
                DynamicTest.dynamicTest(
                    "<" + good + ">", () -> assertTrue(Mailbox.of(good).isPresent())));
  }

  @TestFactory
  Stream<DynamicTest> mailCanNotGoTo() {
    return Stream.of(
            "",
            "@",
            "a@",
            "@example.org",
            "a.example.org",
            "a..b@example.org",
            ".a@example.org",
            "a.@example.org",
            "a b@example.org",
            " a@example.org",
            "a@example.org ",
            "a@\u00a0example.org",
            "a\u200b@example.org",
            "a@example.org\r\nBcc: b@example.org",
            "a,b@example.org",
            "a@b@example.org",
            "\"a b\"@example.org",
            "a(comment)@example.org",
            "<a@example.org>",
            "Ariadne <a@example.org>",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "a@example..org",
            "a@.example.org",
            "a@example.org.",
            "a@-example.org",
            "a@example-.org",
            "a@exa_mple.org",
            "a@straße.example", // strasse.example for some, another one for others
            "a@" + L63 + "z.de",
            L63 + "zz@example.org",
            "ö".repeat(33) + "@example.org", // 66 octets
            L63 + "z@" + (L63 + ".").repeat(2) + L60.substring(1) + ".de")
        .map(
            bad ->
                DynamicTest.dynamicTest(
                    "<" + bad + ">", () -> assertFalse(Mailbox.of(bad).isPresent())));
  }

  @Test
  void oneMailboxHasOneKey() {
    var key = User.addressKey("A@bücher.example");
    assertEquals("a@xn--bcher-kva.example", key);
    assertEquals(key, User.addressKey("a@BÜCHER.Example"));
    assertEquals(key, User.addressKey("a@XN--BCHER-KVA.example"));
    assertEquals(key, User.addressKey("a@bücher。example"));
    assertEquals(
        User.addressKey("jörg@example.org"),
        User.addressKey(Normalizer.normalize("Jörg@Example.org", Normalizer.Form.NFD)));
    assertFalse(User.addressKey("jörg@example.org").equals(User.addressKey("jorg@example.org")));
  }
}
