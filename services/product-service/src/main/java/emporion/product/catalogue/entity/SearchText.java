package emporion.product.catalogue.entity;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The form in which words are compared: without case and accents, so that cafe finds Café. */
public final class SearchText {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private SearchText() {}

  /** The comparable form of a text. */
  public static String of(String text) {
    var decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    return MARKS.matcher(decomposed).replaceAll("");
  }

  /** The distinct words of a query, in their comparable form. */
  public static List<String> words(String query) {
    return Stream.of(BLANKS.split(of(query))).filter(word -> !word.isEmpty()).distinct().toList();
  }

  /** All that is searched of a product; no word reaches across the line ends between the fields. */
  static String of(ProductSpec spec) {
    return of(String.join("\n", spec.name(), spec.sku(), spec.category(), spec.description()));
  }
}
