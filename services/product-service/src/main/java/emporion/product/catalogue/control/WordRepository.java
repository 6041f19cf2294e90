package emporion.product.catalogue.control;

import emporion.chassis.data.Sql;
import emporion.chassis.text.Slip;
import emporion.product.catalogue.entity.Product;
import emporion.product.catalogue.entity.SearchText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The index of the words that stand in products. Words are never forgotten, and two transactions
 * may write the same one: readers do not mind.
 */
@ApplicationScoped
public class WordRepository {
  /** Shorter words are near too many others. */
  private static final int SHORTEST_GUESSED = 4;

  private static final int MAX_READ = 20_000;
  private static final int MAX_NEAR = 64;

  @Inject private Sql sql;

  /** Takes over the words of products, in place of those that they had. */
  @Transactional(TxType.MANDATORY)
  void index(Collection<Product> products) {
    if (products.isEmpty()) {
      return;
    }
    sql.update(
        "delete from product_word where product_id = any (?)",
        products.stream().map(Product::id).toList());
    var ids = new ArrayList<UUID>();
    var words = new ArrayList<String>();
    for (var product : products) {
      for (var word : SearchText.indexed(product.searchText())) {
        ids.add(product.id());
        words.add(word);
      }
    }
    if (!words.isEmpty()) {
      learn(new TreeSet<>(words));
      sql.update(
          """
          insert into product_word (product_id, word)
          select u.id, u.word from unnest(?, ?) as u(id, word)\
          """,
          ids,
          words);
    }
  }

  private void learn(Collection<String> words) {
    var fresh =
        sql.list(
            String.class,
            """
            select u.word from unnest(?, ?) as u(part, word) where not exists
              (select 1 from word_part x where x.part = u.part and x.word = u.word)\
            """,
            words.stream().map(SearchText::part).toList(),
            words);
    var parts = new ArrayList<String>();
    var of = new ArrayList<String>();
    for (var word : fresh) {
      for (var part : SearchText.parts(word)) {
        parts.add(part);
        of.add(word);
      }
    }
    if (!parts.isEmpty()) {
      sql.update(
          """
          insert into word_part (part, word)
          select u.part, u.word from unnest(?, ?) as u(part, word)\
          """,
          parts,
          of);
    }
  }

  /**
   * The word itself where it is short or not of letters alone. Otherwise the words that begin with
   * it, or with what is one slip of the finger away from it, the nearest first; if there are none,
   * the word itself.
   */
  List<String> near(String word) {
    int letters = word.codePointCount(0, word.length());
    if (letters < SHORTEST_GUESSED
        || !SearchText.isIndexed(word)
        || !SearchText.isOfLetters(word)) {
      return List.of(word);
    }
    var slip = new Slip(word);
    var near =
        candidates(word).stream()
            .filter(slip::begins)
            .sorted(
                Comparator.comparing((String it) -> !slip.is(it))
                    .thenComparing(String::length)
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MAX_NEAR)
            .toList();
    return near.isEmpty() ? List.of(word) : near;
  }

  /**
   * One slip leaves either half of a word whole, unless it changed the two letters in the middle.
   */
  private List<String> candidates(String word) {
    var letters = word.codePoints().toArray();
    int half = letters.length / 2;
    var start = new String(letters, 0, half);
    var rest = new String(letters, half, letters.length - half);
    var turned =
        new String(letters, 0, half - 1)
            + Character.toString(letters[half])
            + Character.toString(letters[half - 1]);
    return Stream.of(start, rest, turned)
        .flatMap(part -> having(part).stream())
        .distinct()
        .toList();
  }

  private List<String> having(String part) {
    return sql.list(
        String.class,
        """
        select distinct x.word from word_part x where x.part >= ? and x.part < ?
        fetch first ? rows only\
        """,
        SearchText.part(part),
        SearchText.behind(part),
        MAX_READ);
  }
}
