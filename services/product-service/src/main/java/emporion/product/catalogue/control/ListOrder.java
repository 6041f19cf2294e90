package emporion.product.catalogue.control;

import emporion.chassis.http.Cursor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The orders of the list. Each ends with the id, so that no two products stand at the same place
 * and a page can begin behind any of them.
 */
public enum ListOrder {
  RELEVANCE("relevance", true, Key.RANK, Key.NAME, Key.ID),
  RECOMMENDED("recommended", false, Key.SOLD, Key.STOCKED),
  NAME("name", true, Key.NAME, Key.ID),
  NAME_DOWN("-name", false, Key.NAME, Key.ID),
  PRICE("price", true, Key.PRICE, Key.ID),
  PRICE_DOWN("-price", false, Key.PRICE, Key.ID),
  NEWEST("newest", false, Key.ID);

  private final String wire;
  private final boolean ascending;
  private final List<Key> keys;

  ListOrder(String wire, boolean ascending, Key... keys) {
    this.wire = wire;
    this.ascending = ascending;
    this.keys = List.of(keys);
  }

  /**
   * The order by its name in a query. Where nothing is said it is by relevance if words are
   * searched, otherwise by name; without words there is no relevance.
   *
   * @return empty for any other name
   */
  public static Optional<ListOrder> of(String value, boolean searching) {
    var name = value == null || value.isEmpty() ? RELEVANCE.wire : value;
    return Arrays.stream(values())
        .filter(order -> order.wire.equals(name))
        .findFirst()
        .map(order -> order == RELEVANCE && !searching ? NAME : order);
  }

  /** The names of all, for people. */
  public static String names() {
    return Arrays.stream(values()).map(order -> order.wire).collect(Collectors.joining(", "));
  }

  /** How many parts its cursors have. */
  public int cursorSize() {
    return keys.size() + 1;
  }

  /**
   * What it is sorted by.
   *
   * @param rank the expression of how well a product fits
   */
  String orderBy(String rank) {
    var way = ascending ? " asc" : " desc";
    return keys.stream().map(key -> key.column(rank) + way).collect(Collectors.joining(", "));
  }

  /** Whether products are sorted by what they have themselves. */
  boolean isOfProducts() {
    return keys.getLast() == Key.ID;
  }

  /**
   * What holds for each product, {@code least} being the least of all ids: H2 takes the index of
   * the order only if something is asked of it.
   */
  String start() {
    return keys.getFirst().start;
  }

  /**
   * What all products of a list have in common, put before the order: it changes nothing of it, and
   * makes it the whole order of an index, for H2 as well.
   */
  String walk(boolean ofCategory) {
    var way = ascending ? " asc, " : " desc, ";
    return (ofCategory ? "p.categoryKey" + way : "") + "p.status" + way;
  }

  /** What holds behind a place; in this form an index on the order's columns serves it. */
  String behind(String rank) {
    return behind(rank, keys);
  }

  private String behind(String rank, List<Key> left) {
    var key = left.getFirst();
    var column = key.column(rank);
    var way = ascending ? " >" : " <";
    var seen = " :seen" + key.name();
    if (left.size() == 1) {
      return column + way + seen;
    }
    var next = behind(rank, left.subList(1, left.size()));
    return "%1$s%2$s=%3$s and (%1$s%2$s%3$s or (%4$s))".formatted(column, way, seen, next);
  }

  /** The place of an offer in the list of this query. */
  Cursor place(ProductQuery query, Listed offer) {
    var parts = new Object[cursorSize()];
    parts[0] = mark(query, query.guessed());
    for (int i = 0; i < keys.size(); i++) {
      parts[i + 1] = keys.get(i).value.apply(offer);
    }
    return Cursor.of(parts);
  }

  /** Whether a place is one of a list of guessed words. */
  boolean isGuessed(ProductQuery query, Cursor place) {
    return place.parts().getFirst().equals(mark(query, true));
  }

  /**
   * The parameters of {@link #behind}.
   *
   * @throws emporion.chassis.problem.Problem 400 for the place of another list
   */
  Map<String, Object> seen(ProductQuery query, Cursor place) {
    if (!place.parts().getFirst().equals(mark(query, query.guessed()))) {
      throw Cursor.unknown();
    }
    var seen = new HashMap<String, Object>();
    for (int i = 0; i < keys.size(); i++) {
      seen.put("seen" + keys.get(i).name(), keys.get(i).read.apply(place, i + 1));
    }
    return seen;
  }

  /** The same for the same filter in each process: lists differ, and a cursor belongs to one. */
  private String mark(ProductQuery query, boolean guessed) {
    var said =
        String.join(
            "\u001f",
            wire,
            query.words().stream().map(ProductQuery.Word::said).collect(Collectors.joining(" ")),
            query.category().orElse(""),
            text(query.minPrice()),
            text(query.maxPrice()),
            query.status().wire(),
            Boolean.toString(guessed));
    return String.format(Locale.ROOT, "%08x", said.hashCode());
  }

  private static String text(Optional<Long> number) {
    return number.map(Object::toString).orElse("");
  }

  /** What a list can be sorted by. */
  private enum Key {
    RANK(null, null, Listed::rank, (place, part) -> (int) place.number(part)),
    NAME("p.nameKey", "p.nameKey >= ''", Listed::nameKey, (place, part) -> place.parts().get(part)),
    PRICE(
        "p.priceAmount",
        "p.priceAmount >= 0",
        listed -> listed.offer().priceAmount(),
        Cursor::number),
    SOLD("s.sold", "s.sold >= 0", Listed::sold, Cursor::number),
    ID("p.id", "p.id >= :least", listed -> listed.offer().id(), Cursor::id),
    /** The same id in the table that has what was sold, so that one index has both. */
    STOCKED("s.productId", null, listed -> listed.offer().id(), Cursor::id);

    private final String column;
    private final String start;
    private final Function<Listed, Object> value;
    private final BiFunction<Cursor, Integer, Object> read;

    Key(
        String column,
        String start,
        Function<Listed, Object> value,
        BiFunction<Cursor, Integer, Object> read) {
      this.column = column;
      this.start = start;
      this.value = value;
      this.read = read;
    }

    private String column(String rank) {
      return column == null ? rank : column;
    }
  }
}
