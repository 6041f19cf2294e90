package emporion.product.catalogue.control;

import emporion.product.catalogue.control.ProductQuery.Word;
import emporion.product.catalogue.entity.SearchText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The words of a query as conditions on a product {@code p}: which ones have them, and how well
 * they fit. All of it is the database's work.
 */
final class Relevance {
  /** Where a word may begin in a name, apart from its own beginning: behind any of these. */
  private static final String SIGNS = "-_/.,:;+&()\"";

  private static final String SPACED =
      "concat(' ', function('translate', p.nameKey, '"
          + SIGNS
          + "', '"
          + " ".repeat(SIGNS.length())
          + "'))";

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private final String rank;

  Relevance(List<Word> words) {
    var names = new ArrayList<String>();
    var beginnings = new ArrayList<String>();
    for (var word : words) {
      conditions.add(
          word.isGuessed() || SearchText.isIndexed(word.said()) ? indexed(word) : read(word));
      names.add(any(word, it -> "p.nameKey like " + like("%" + escaped(it) + "%")));
      beginnings.add(any(word, it -> SPACED + " like " + like("% " + escaped(it) + "%")));
    }
    rank = words.isEmpty() ? "0" : rank(words, names, beginnings);
  }

  private String rank(List<Word> words, List<String> names, List<String> beginnings) {
    var whole = words.stream().map(Word::likeliest).collect(Collectors.joining(" "));
    return "case when p.nameKey = %1$s or p.skuKey = %1$s then 0 when p.nameKey like %2$s then 1"
            .formatted(parameter(whole), like(escaped(whole) + "%"))
        + " when "
        + String.join(" and ", beginnings)
        + " then 2 when "
        + String.join(" and ", names)
        + " then 3 else 4 end";
  }

  private String indexed(Word word) {
    return word.isGuessed()
        ? "p.id in (select w.productId from ProductWord w where w.word in "
            + parameter(word.spellings())
            + ")"
        : "p.id in (select w.productId from ProductWord w, WordPart x where x.word = w.word"
            + " and x.part >= "
            + parameter(SearchText.part(word.said()))
            + " and x.part < "
            + parameter(SearchText.behind(word.said()))
            + ")";
  }

  private String read(Word word) {
    return any(word, it -> "p.searchText like " + like("%" + escaped(it) + "%"));
  }

  private static String any(Word word, UnaryOperator<String> condition) {
    return word.likely().map(condition).collect(Collectors.joining(" or ", "(", ")"));
  }

  private String like(String pattern) {
    return parameter(pattern) + " escape '!'";
  }

  private static String escaped(String word) {
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private String parameter(Object value) {
    var name = "word" + parameters.size();
    parameters.put(name, value);
    return ":" + name;
  }

  /** What holds for each product that has all of the words. */
  List<String> conditions() {
    return conditions;
  }

  /**
   * How well a product fits: 0 by its whole name or its SKU, 1 by the beginning of its name, 2 by
   * beginnings of words in its name, 3 by its name, 4 by its text.
   */
  String rank() {
    return rank;
  }

  Map<String, Object> parameters() {
    return parameters;
  }
}
