package emporion.faults;

import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a process dies, or for a while gets no connection to its database, once it is armed. {@link
 * Agent} weaves {@link #hit} into the libraries that every commit, message and call goes through,
 * so no line of a service knows of it, and a service that nobody attacks runs unchanged.
 */
public final class CrashPoint {
  private static final int KILLED = 137;
  private static final AtomicInteger LEFT = new AtomicInteger();

  /** So long a service waits for a connection of its pool. */
  private static final long PATIENCE_MILLIS = 2_000;

  private static volatile String armed = "";
  private static volatile long exhaustedUntil = System.nanoTime();

  private CrashPoint() {}

  /**
   * Sets the trap.
   *
   * @param passes which hit from now on is the last; 1 is the next one
   */
  static void arm(String point, int passes) {
    LEFT.set(passes);
    armed = point;
  }

  /** Leaves nothing in the pool for a while. */
  static void exhaust(long millis) {
    exhaustedUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Called from woven code. Nothing is flushed, no hook runs: as after SIGKILL. */
  public static void hit(String point) throws SQLTransientConnectionException {
    if (point.equals("connect.before") && System.nanoTime() < exhaustedUntil) {
      refuse();
    }
    if (point.equals(armed) && LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static void refuse() throws SQLTransientConnectionException {
    try {
      TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SQLTransientConnectionException("All connections of the pool are in use");
  }
}
