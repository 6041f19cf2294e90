package emporion.chassis.http;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items at most as many as asked for
 * @param next the cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, String next) {

  /**
   * Cuts the page from one row more than it holds: that row tells that there is a next page.
   *
   * @param rows up to {@code limit + 1} rows in the list's order
   * @param key where the next page begins: the last item's place in the order
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> key) {
    if (rows.size() <= limit) {
      return new Page<>(List.copyOf(rows), null);
    }
    var items = List.copyOf(rows.subList(0, limit));
    return new Page<>(items, key.apply(items.getLast()).encoded());
  }

  /** The same page with another representation of its items. */
  public <R> Page<R> map(Function<T, R> representation) {
    return new Page<>(items.stream().map(representation).toList(), next);
  }
}
