package emporion.product.catalogue.control;

import emporion.product.catalogue.entity.ProductStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which products to list.
 *
 * @param words each must stand in the name, the SKU, the category or the description
 * @param guessed whether other words were taken for those that were said
 * @param category folded
 * @param minPrice in minor units of whatever currency the product has
 */
public record ProductQuery(
    List<Word> words,
    boolean guessed,
    Optional<String> category,
    Optional<Long> minPrice,
    Optional<Long> maxPrice,
    ProductStatus status) {

  /** The same for other words than those that were said, where there are such. */
  ProductQuery guessed(Function<String, List<String>> near) {
    var guesses = words.stream().map(word -> new Word(word.said, near.apply(word.said))).toList();
    return new ProductQuery(guesses, true, category, minPrice, maxPrice, status);
  }

  /**
   * A word, folded.
   *
   * @param spellings what it stands for, the likeliest first: itself, which other words may hold,
   *     or whole words of the index that are near it
   */
  public record Word(String said, List<String> spellings) {
    /** As many decide how well a product fits. */
    private static final int LIKELY = 8;

    public static Word of(String said) {
      return new Word(said, List.of(said));
    }

    boolean isGuessed() {
      return !spellings.equals(List.of(said));
    }

    String likeliest() {
      return spellings.getFirst();
    }

    Stream<String> likely() {
      return spellings.stream().limit(LIKELY);
    }
  }
}
