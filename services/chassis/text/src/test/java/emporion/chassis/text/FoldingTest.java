package emporion.chassis.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static void same(String folded, String... texts) {
    for (var text : texts) {
      assertEquals(folded, Folding.of(text), text);
    }
    assertEquals(folded, Folding.of(folded));
  }

  @Test
  void lettersOfManyKeyboards() {
    same("lodz", "Łódź", "ŁÓDŹ", "Lodz");
    same("oresund", "Øresund", "ØRESUND", "Öresund");
    same("strasse", "Straße", "STRASSE", "STRAẞE");
    same("aether", "Æther", "ÆTHER");
    same("dakovo", "Đakovo", "đakovo");
    same("smorrebrod", "Smørrebrød");
    same(
        "pho bo dac biet",
        "Phở bò đặc biệt",
        "PHO\u031B\u0309 bo\u0300 đa\u0323\u0306c bie\u0323\u0302t");
    same("istanbul isik", "İstanbul ışık", "ISTANBUL IŞIK", "istanbul işik");
  }

  @Test
  void otherScripts() {
    same("κοσ", "ΚΟΣ", "κος", "Κός");
    same("елка", "Ёлка", "елка");
    same("שלום", "שָׁלוֹם");
    assertNotEquals(Folding.of("か"), Folding.of("が"));
    assertNotEquals(Folding.of("कि"), Folding.of("की"));
    same("한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8");
  }

  @Test
  void quotesDashesAndWidths() {
    same("barn's", "Barn’s", "Barn's", "Barn‘s", "Barnʼs", "Ｂａｒｎ＇ｓ");
    same("a-b", "a–b", "a‑b", "A—B");
    same("fish office", "ﬁsh oﬃce", "FISH OFFICE");
    same(
        "olive oil",
        "Olive\u00A0oil",
        " olive \u2003 oil ",
        "Oli\u200Bve o\u00ADil",
        "\uFEFFolive oil");
  }

  @Test
  void onlyWhatIsInvisibleFoldsToNothing() {
    assertEquals("", Folding.of(" \u00A0\u200B"));
    for (var text : List.of("´", "¨", "--", "❤\uFE0F", "\uD83C\uDF52")) {
      assertNotEquals("", Folding.of(text));
    }
  }

  @Test
  void whatDiffersStaysDifferent() {
    assertNotEquals(Folding.of("Oil"), Folding.of("Oils"));
    assertNotEquals(Folding.of("A B"), Folding.of("AB"));
    assertNotEquals(Folding.of("ΚΟΣ"), Folding.of("KOS"));
  }
}
