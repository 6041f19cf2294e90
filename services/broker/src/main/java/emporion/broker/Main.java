package emporion.broker;

import emporion.chassis.logging.LogLines;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Properties;

/** The process: 0 or a signal's code after a proper end, 1 where it can't start or go on. */
public final class Main {
  private Main() {}

  /** Takes no arguments; see {@link Settings}. */
  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    setLibraryDefaults();
    LogLines.takeOver();
    var log = System.getLogger(Main.class.getName());
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> die(log, thread, failure));
    try {
      var server = Server.start(Settings.read());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(log, server), "end"));
      log.log(
          Level.INFO,
          "{0}, mailbox on port {1}, health on port {2}, after {3} ms",
          server.amqpPort().map(port -> "Queues on port " + port).orElse("No queues here"),
          Integer.toString(server.mailPort()),
          Integer.toString(server.healthPort()),
          Long.toString((System.nanoTime() - start) / 1_000_000));
    } catch (StartFailure e) {
      log.log(Level.ERROR, e.getMessage());
      System.exit(1);
    } catch (Exception e) {
      log.log(Level.ERROR, "The broker can't start", e);
      System.exit(1);
    }
  }

  /** Before any library is touched, as they read their properties once. */
  static void setLibraryDefaults() throws IOException {
    var defaults = new Properties();
    try (var file = Main.class.getResourceAsStream("system.properties")) {
      defaults.load(file);
    }
    defaults.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
  }

  /**
   * A thread of the queues that dies unexpectedly leaves them in a state that nobody knows; what
   * was confirmed is in the store, and a new process recovers it.
   */
  private static void die(Logger log, Thread thread, Throwable failure) {
    try {
      log.log(Level.ERROR, "Ends at once: " + thread.getName() + " failed", failure);
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void end(Logger log, Server server) {
    try {
      server.close();
      log.log(Level.INFO, "Ended, the store is closed");
    } catch (IOException | RuntimeException e) {
      log.log(Level.WARNING, "The end was not a clean one; the next start recovers", e);
    }
  }
}
