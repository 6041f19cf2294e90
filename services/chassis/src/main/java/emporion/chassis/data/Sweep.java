package emporion.chassis.data;

import java.time.Instant;

/**
 * Throws away what has been kept for long enough. A bean of this type is asked once an hour by each
 * replica, and again at once as long as there is more; it neither waits for the others nor fails
 * with them.
 */
public interface Sweep {

  /** One word for metrics and the log. */
  String name();

  /**
   * Throws away a part that a transaction of its own can take.
   *
   * @param now the moment that counts
   * @return whether there may be more
   */
  boolean sweep(Instant now);
}
