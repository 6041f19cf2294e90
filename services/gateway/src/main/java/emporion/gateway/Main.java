package emporion.gateway;

import ch.qos.logback.classic.LoggerContext;
import emporion.chassis.logging.LogLines;
import emporion.chassis.telemetry.Telemetry;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Starts the gateway and stops it, gracefully, when the process is told to end. */
public final class Main {
  private Main() {}

  /** Takes no arguments: see {@code application.properties} for the settings. */
  public static void main(String[] arguments) {
    LogLines.takeOver();
    try {
      Telemetry.start("gateway", Map.of());
      var gateway = Gateway.start(Settings.load(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway), "shutdown"));
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Main.class).error("The gateway can't start", e);
      System.exit(1);
    }
  }

  private static void stop(Gateway gateway) {
    gateway.close();
    flushLogs();
  }

  private static void flushLogs() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      logs.stop();
    }
  }
}
