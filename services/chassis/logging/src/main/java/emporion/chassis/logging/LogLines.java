package emporion.chassis.logging;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Leads to the log, with its form and its limits, whatever anybody in this process says. */
public final class LogLines {
  private LogLines() {}

  /**
   * Takes over {@code java.util.logging}, the standard error stream and what no thread catches. To
   * be called before anything else happens.
   */
  public static void takeOver() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.setErr(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
    var log = System.getLogger("uncaught");
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            log.log(
                Level.ERROR, "Thread " + thread.getName() + " has ended by a failure", failure));
  }

  /** One entry for each line; what goes beyond the limit of a line is the next one. */
  private static final class Lines extends OutputStream {
    private static final int LONGEST = 4_000;

    private final Logger log = System.getLogger("stderr");
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (b == '\n' || line.size() == LONGEST) {
        var text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
          log.log(Level.WARNING, text);
        }
      }
      if (b != '\n') {
        line.write(b);
      }
    }
  }
}
