package emporion.notification.contacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Users are written to as they want to be. */
class PreferencesTest {
  private static final String PATH = "/v2/notification-preferences";

  private final Shop shop = Shop.open();

  private Answer speak(Somebody user, String language) {
    return shop.as(user).put(PATH, "{\"language\":\"" + language + "\"}");
  }

  @Test
  void whoHasNotChosenIsWrittenToInTheShopsOwnLanguage() {
    var answer = shop.as(shop.registered()).get(PATH);

    assertEquals("en", answer.text("/language"), answer::toString);
    assertEquals("[\"en\",\"de\"]", answer.at("/languages").toString());
  }

  @Test
  void mailsAreInTheLanguageOfTheirReader() {
    var user = shop.registered();
    var answer = speak(user, "de");
    shop.order("order_cancelled", user, "Grüne Kanne", "out_of_stock");

    var mail = shop.mail(user, 2);

    assertEquals(200, answer.status(), answer::toString);
    assertEquals("de", answer.text("/language"));
    assertEquals("de", shop.as(user).get(PATH).text("/language"));
    assertEquals("Bestellung storniert: Grüne Kanne und 1 weitere", mail.subject());
    for (var body : List.of(mail.text(), mail.html())) {
      for (var words : List.of("Guten Tag " + user.username(), "nicht mehr vorrätig")) {
        assertTrue(body.contains(words), () -> words + " is not in " + body);
      }
      assertTrue(body.contains("2.599,00\u00a0€"), body);
    }
    assertTrue(mail.html().contains("lang=\"de\""), mail::html);
  }

  @Test
  void whoIsNotIntroducedYetMayChooseToo() {
    var user = Somebody.any();
    speak(user, "de");
    shop.register(user);

    assertTrue(shop.mail(user, 1).subject().startsWith("Willkommen bei Emporion"));
  }

  @Test
  void theLastMailIsInTheirLanguageToo() {
    var user = shop.registered();
    speak(user, "de");
    shop.erase(user);

    var mail = shop.mail(user, 2);

    assertEquals("Ihr Konto bei Emporion wurde gelöscht", mail.subject());
    assertFalse(mail.text().contains(user.username()), mail::text);
    assertEquals("not-found", speak(user, "en").problem(), "nothing is kept of the erased");
    assertEquals("en", shop.as(user).get(PATH).text("/language"));
  }

  @Test
  void otherLanguagesAreRefused() {
    var user = shop.registered();
    for (var other : List.of("fr", "DE", "", "../en", "x".repeat(10_000))) {
      var answer = speak(user, other);
      assertEquals(400, answer.status(), answer::toString);
      assertEquals("/language", answer.text("/errors/0/pointer"), answer::toString);
    }
    assertEquals("en", shop.as(user).get(PATH).text("/language"));
  }

  @Test
  void servicesHaveNone() {
    assertEquals(403, shop.service().service().get(PATH).status());
    assertEquals(401, shop.service().anonymous().get(PATH).status());
    assertEquals("en", shop.service().user(UUID.randomUUID(), "admin").get(PATH).text("/language"));
  }
}
