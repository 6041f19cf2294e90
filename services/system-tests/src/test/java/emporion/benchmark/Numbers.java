package emporion.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The arithmetic. */
final class Numbers {
  private Numbers() {}

  /** By the nearest rank: the least of these that so many of a hundred do not exceed. */
  static double percentile(long[] ascending, double percent) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * ascending.length);
    return ascending[Math.max(1, rank) - 1];
  }

  /** The one in the middle; of an even number the greater one of the two. */
  static <T> T median(List<T> all, ToDoubleFunction<T> figure) {
    return all.stream().sorted(Comparator.comparingDouble(figure)).toList().get(all.size() / 2);
  }
}
