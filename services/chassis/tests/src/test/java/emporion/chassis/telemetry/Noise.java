package emporion.chassis.telemetry;

import emporion.chassis.logging.LogContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.lang.System.Logger.Level;
import java.util.logging.Logger;

/** Speaks in all the ways that libraries do, in a process that is told to. */
@ApplicationScoped
public class Noise {
  static final String SETTING = "fixture.noise";
  static final String END = "all has been said";

  void speak(@Observes Startup start) throws InterruptedException {
    if (!Boolean.getBoolean(SETTING)) {
      return;
    }
    Logger.getLogger("io.grpc.fixture").warning("by java.util.logging");
    System.getLogger("fixture").log(Level.INFO, "by System.Logger, in\ntwo \"lines\" \u0000");
    System.err.println("by the standard error stream");
    new IllegalStateException("by a stack trace").printStackTrace();
    var thread = new Thread(() -> Noise.overflow(0), "doomed");
    thread.start();
    thread.join();
    System.getLogger("fixture").log(Level.INFO, "long ".repeat(100_000));
    System.getLogger("fixture")
        .log(Level.INFO, "failed at last", new IllegalStateException("x".repeat(100_000)));
    Trace.begun()
        .run(
            () -> {
              LogContext.put("order_id", "o-1");
              System.getLogger("fixture").log(Level.INFO, "within a trace");
            });
    System.getLogger("fixture").log(Level.INFO, "by a secret, Bearer abc.def.ghi-jkl");
    System.getLogger("fixture").log(Level.INFO, END);
  }

  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }
}
