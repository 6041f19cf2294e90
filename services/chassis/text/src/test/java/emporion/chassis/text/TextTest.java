package emporion.chassis.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void oneNormalFormIsKept() {
    assertEquals("Caf\u00E9", Text.line("Cafe\u0301"));
    assertEquals("\uD55C", Text.line("\u1112\u1161\u11AB"));
    assertEquals("Zeile 1\nZeile 2 \u00FC", Text.lines("Zeile 1\nZeile 2 u\u0308\n"));
  }

  @Test
  void whatNobodySeesIsGoneFromTheEnds() {
    for (var edge :
        List.of(
            " ",
            "\t\r\n",
            "\u00A0",
            "\u2003",
            "\u202F",
            "\u3000",
            "\u0085",
            "\u2028",
            "\u200B",
            "\u200D",
            "\uFEFF",
            "\u2060",
            "\u00AD",
            "\u180E",
            "\u3164",
            "\u2800",
            "\u00A0\u200B ")) {
      assertEquals("Oil", Text.line(edge + "Oil" + edge));
      assertEquals("Oil", Text.lines(edge + "Oil" + edge));
      assertEquals("", Text.line(edge));
    }
  }

  @Test
  void anEmojiKeepsItsEnd() {
    for (var emoji :
        List.of("\u2764\uFE0F", "\uD83D\uDC68\u200D\uD83D\uDC69", "\uD83C\uDDEA\uD83C\uDDFA")) {
      assertEquals(emoji, Text.line(emoji));
      assertEquals(Optional.empty(), Text.lineProblem(emoji, 20));
    }
  }

  @Test
  void whiteSpaceInsideOfALineIsOneSpace() {
    assertEquals("Olive oil", Text.line("Olive \u00A0\u2003oil"));
    assertEquals("Olive  oil", Text.lines("Olive  oil"));
  }

  @Test
  void aLineHasSomethingToSee() {
    for (var blank : List.of("", "\uFE0F", "\u0301", "\u200B", "\u2066\u2069")) {
      assertTrue(Text.lineProblem(blank, 20).isPresent(), blank);
    }
  }

  @Test
  void nothingDisturbsTheLine() {
    for (var bad :
        List.of(
            "a\u0000b",
            "a\nb",
            "a\tb",
            "a\u001Bb",
            "a\uD83Db",
            "a\uDE00b",
            "a\uFFFFb",
            "a\u202Eb",
            "a\u2067b")) {
      assertTrue(Text.lineProblem(bad, 20).isPresent(), bad);
    }
    for (var bad : List.of("a\u0000b", "a\u001Bb", "a\uD83Db", "a\u202Eb")) {
      assertTrue(Text.linesProblem(bad, 20).isPresent(), bad);
    }
    assertEquals(Optional.empty(), Text.linesProblem("a\r\n\tb\u200F", 20));
    assertEquals(Optional.empty(), Text.linesProblem("", 20));
  }

  @Test
  void lengthsCountCodePoints() {
    var four = "\uD83C\uDF52".repeat(4);
    assertEquals(Optional.empty(), Text.lineProblem(four, 4));
    assertTrue(Text.lineProblem(four, 3).isPresent());
    assertEquals(Optional.empty(), Text.linesProblem(four, 4));
    assertTrue(Text.linesProblem(four, 3).isPresent());
  }

  /** Both ends are found without trying each place again. */
  @Test
  void aLongRunOfBlanksCostsNoMoreThanItsLength() {
    assertEquals("a b", Text.line("a" + "\u00A0".repeat(1_000_000) + "b" + " ".repeat(1_000_000)));
  }
}
