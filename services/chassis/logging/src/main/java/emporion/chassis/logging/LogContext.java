package emporion.chassis.logging;

import org.slf4j.MDC;

/** What each line that the current thread logs says besides its message. */
public final class LogContext {
  private LogContext() {}

  /** Adds a member to the lines from here on, or gives it another value. */
  public static void put(String name, String value) {
    MDC.put(name, value);
  }

  /** Takes all of them away again. */
  public static void clear() {
    MDC.clear();
  }
}
