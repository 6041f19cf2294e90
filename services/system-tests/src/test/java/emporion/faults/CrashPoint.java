package emporion.faults;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a process dies once it is armed. {@link Agent} weaves {@link #hit} into the libraries that
 * every commit, message and call goes through, so no line of a service knows of it, and a service
 * that nobody attacks runs unchanged.
 */
public final class CrashPoint {
  private static final int KILLED = 137;
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile String armed = "";

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

  /** Called from woven code. Nothing is flushed, no hook runs: as after SIGKILL. */
  public static void hit(String point) {
    if (point.equals(armed) && LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
