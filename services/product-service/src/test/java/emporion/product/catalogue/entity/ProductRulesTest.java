package emporion.product.catalogue.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.refusal.Refusal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a product may say and become, without a database. */
class ProductRulesTest {
  private static ProductSpec spec(String name, long amount, String currency) {
    return new ProductSpec("SKU-1", name, null, "Things", new Money(amount, currency));
  }

  private static List<String> flawed(ProductSpec spec) {
    return spec.flaws().stream().map(ProductSpec.Flaw::field).toList();
  }

  @Test
  void namesEachBadField() {
    assertEquals(List.of(), flawed(spec(" Lamp ", Money.MAX, "JPY")));
    assertEquals("Lamp", spec(" Lamp ", 0, "EUR").name());
    assertEquals(List.of("name", "price.amount", "price.currency"), flawed(spec("", -1, "EURO")));
    assertEquals(List.of("price.amount"), flawed(spec("Lamp", Money.MAX + 1, "EUR")));
    assertEquals(List.of("price.currency"), flawed(spec("Lamp", 1, "XAU")));
    assertEquals(List.of("price.currency"), flawed(spec("Lamp", 1, null)));
  }

  @Test
  void followsTheLegalWaysOnly() {
    var product = Product.of(UUID.randomUUID(), spec("Lamp", 1, "EUR"), ProductStatus.DRAFT);
    assertEquals(
        "illegal-transition",
        assertThrows(Refusal.class, () -> product.become(ProductStatus.RETIRED)).slug());
    assertTrue(product.become(ProductStatus.PUBLISHED));
    assertFalse(product.become(ProductStatus.PUBLISHED));
    assertThrows(Refusal.class, () -> product.become(ProductStatus.DRAFT));
    assertTrue(product.become(ProductStatus.RETIRED));
    assertTrue(product.become(ProductStatus.PUBLISHED));
  }

  @Test
  void comparesWordsWithoutCaseAndAccents() {
    assertEquals("cafe zurich", ProductSpec.nameKey("Café ZÜRICH"));
    assertEquals(List.of("cafe", "au", "lait"), SearchText.words("  CAFÉ au\u00a0 lait café "));
    assertEquals(List.of(), SearchText.words("  "));
  }
}
