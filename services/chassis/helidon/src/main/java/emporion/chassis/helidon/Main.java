package emporion.chassis.helidon;

import emporion.chassis.logging.LogLines;

/** Starts a service: the log first, so that no library says anything past it. */
public final class Main {
  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    LogLines.takeOver();
    io.helidon.microprofile.cdi.Main.main(arguments);
  }
}
