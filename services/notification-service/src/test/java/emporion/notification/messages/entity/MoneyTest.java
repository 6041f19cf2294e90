package emporion.notification.messages.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class MoneyTest {

  @Test
  void digitsAreTheCurrencysOwn() {
    assertEquals("€0.05", new Money(5, "EUR").shown(Locale.ENGLISH));
    assertEquals("€19,999.00", new Money(1_999_900, "EUR").shown(Locale.ENGLISH));
    assertEquals("¥1,999", new Money(1_999, "JPY").shown(Locale.ENGLISH));
    assertEquals("KWD\u00a01.999", new Money(1_999, "KWD").shown(Locale.ENGLISH));
  }

  @Test
  void eachLanguageWritesThemItsOwnWay() {
    assertEquals("19.999,00\u00a0€", new Money(1_999_900, "EUR").shown(Locale.GERMAN));
    assertEquals("1,999\u00a0KWD", new Money(1_999, "KWD").shown(Locale.GERMAN));
    assertEquals("CHF\u00a05.00", new Money(500, "CHF").shown(Locale.ENGLISH));
  }

  @Test
  void sumsDoNotOverflow() {
    assertEquals(
        "€198,070,406,193,427,123,593,837,281.29",
        new Money(Long.MAX_VALUE, "EUR").shown(Integer.MAX_VALUE, Locale.ENGLISH));
  }

  @Test
  void whatIsNoCurrencyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Money(1, "euro"));
    assertThrows(NullPointerException.class, () -> new Money(1, null));
  }
}
