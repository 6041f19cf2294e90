package emporion.notification.messages.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import emporion.notification.Shop;
import emporion.notification.contacts.control.Languages;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.Letter;
import emporion.notification.messages.entity.Money;
import emporion.notification.messages.entity.OrderNews;
import emporion.notification.messages.entity.OrderNews.Item;
import emporion.notification.messages.entity.Reader;
import emporion.notification.messages.entity.RefundNews;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever the shop writes, it writes in each of its languages. */
class LanguagesTest {
  private final Shop shop = Shop.open();
  private final Composer composer = shop.service().bean(Composer.class);

  @TestFactory
  Stream<DynamicTest> eachHasEveryMail() {
    return shop.service().bean(Languages.class).all().stream()
        .map(language -> DynamicTest.dynamicTest(language, () -> hasEveryMail(language)));
  }

  private void hasEveryMail(String language) {
    var letters = letters(new Reader("ariadne", language));
    assertEquals(Kind.values().length + 2, letters.size(), "one for each kind, and two more");
    assertEquals(letters.size(), new HashSet<>(letters.stream().map(Letter::text).toList()).size());
    for (var letter : letters) {
      for (var part : List.of(letter.subject(), letter.text(), letter.html())) {
        assertFalse(part.isBlank());
        assertFalse(part.contains("{{"), part);
      }
    }
  }

  private List<Letter> letters(Reader reader) {
    return List.of(
        composer.welcome(reader),
        composer.moved(reader),
        composer.newPassword(reader),
        composer.anotherRole(reader, "catalogue_manager"),
        composer.farewell(reader),
        composer.reset(UUID.randomUUID(), reader),
        composer.order(Kind.ORDER_CONFIRMED, news(2, null), reader),
        composer.order(Kind.ORDER_CONFIRMED, news(0, null), reader),
        composer.order(Kind.ORDER_CANCELLED, news(1, "out_of_stock"), reader),
        composer.order(Kind.ORDER_CANCELLED, news(1, null), reader),
        composer.refund(
            new RefundNews(UUID.randomUUID(), UUID.randomUUID(), new Money(500, "EUR")), reader));
  }

  private static OrderNews news(int items, String reason) {
    var price = new Money(1_250, "EUR");
    var goods = Stream.generate(() -> new Item("Cup", 2, price)).limit(items).toList();
    return new OrderNews(UUID.randomUUID(), UUID.randomUUID(), reason, null, null, goods, price);
  }
}
