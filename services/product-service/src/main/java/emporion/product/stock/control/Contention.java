package emporion.product.stock.control;

import emporion.chassis.data.Failures;
import emporion.chassis.problem.Problem;
import java.time.Duration;
import java.util.function.Supplier;

/** Many want the same rows at once: what lost a race for them may be asked for again. */
public final class Contention {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private Contention() {}

  /**
   * The work's answer.
   *
   * @throws Problem 503 with {@code Retry-After} where the database gave up waiting; nothing was
   *     changed then
   */
  public static <T> T guard(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (Failures.isTransient(e)) {
        throw Problem.unavailable("Too many want the same stock at once; try again.", RETRY);
      }
      throw e;
    }
  }
}
