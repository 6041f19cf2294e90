package emporion.product.catalogue.entity;

import emporion.chassis.text.Folding;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a product is searched: its words, folded, and the places at which one enters a word. */
public final class SearchText {
  /** Longer words are taken in overlapping pieces: whatever is no longer than half is in one. */
  private static final int PIECE = 64;

  /** Bytes in UTF-8: what is shorter stands nearly everywhere, so that an index is of no use. */
  private static final int SHORTEST = 3;

  private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

  private SearchText() {}

  /** The distinct words of a query, folded. */
  public static List<String> words(String query) {
    return Stream.of(Folding.of(query).split(" ")).filter(w -> !w.isEmpty()).distinct().toList();
  }

  /** All that is searched of a product; no word reaches across the line ends between the fields. */
  static String of(ProductSpec spec) {
    return Stream.of(spec.name(), spec.sku(), spec.category(), spec.description())
        .map(Folding::of)
        .collect(Collectors.joining("\n"));
  }

  /**
   * The words of a searched text that an index has: what stands between blanks, and of that the
   * words of letters alone, for which others can be guessed.
   */
  public static Set<String> indexed(String text) {
    var words = new TreeSet<String>();
    for (var word : text.split("[ \n]+")) {
      pieces(word, words);
      Stream.of(SIGNS.split(word))
          .filter(SearchText::isOfLetters)
          .forEach(part -> pieces(part, words));
    }
    return words;
  }

  private static void pieces(String word, Set<String> pieces) {
    var letters = word.codePoints().toArray();
    for (int i = 0; i == 0 || i + PIECE / 2 < letters.length; i += PIECE / 2) {
      var piece = new String(letters, i, Math.min(PIECE, letters.length - i));
      if (bytes(piece) >= SHORTEST) {
        pieces.add(piece);
      }
    }
  }

  /** Whether it is a word that could be meant by another one: a number has no neighbours. */
  public static boolean isOfLetters(String word) {
    return word.codePoints().allMatch(Character::isLetter);
  }

  /** Whether the index knows each word that this one is in; if not, texts have to be read. */
  public static boolean isIndexed(String word) {
    return bytes(word) >= SHORTEST && word.codePointCount(0, word.length()) <= PIECE / 2;
  }

  /** Where one enters a word: at its beginning and at each later letter, as {@link #part}. */
  public static Set<String> parts(String word) {
    var parts = new LinkedHashSet<String>();
    for (int i = 0; i < word.length(); i = word.offsetByCodePoints(i, 1)) {
      if (bytes(word.substring(i)) >= SHORTEST) {
        parts.add(part(word.substring(i)));
      }
    }
    return parts;
  }

  /** The form in which a part of a word is found; what begins with it is below {@link #behind}. */
  public static String part(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Above all parts that begin like this one. */
  public static String behind(String text) {
    return part(text) + "g";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
