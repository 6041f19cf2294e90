package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * Keeps each log of the shop that runs here below LOCAL_LOG_MIB, and what was written before in one
 * file beside it. It is a process of its own, as nobody else stays where up returns, and ends with
 * the last process of the shop. What is written while a file is cut is lost, as with logrotate's
 * copytruncate.
 */
final class LogKeeper {
  static final String NAME = "log-keeper";

  private static final Duration POLL = Duration.ofSeconds(2);

  private LogKeeper() {}

  static void start(Local local) {
    if (local.processes().runs(NAME)) {
      return;
    }
    // Has little to do, and a compiler would need more memory than that is worth.
    var options = List.of("-XX:+UseSerialGC", "-Xint", "-Xmx32m");
    var command = local.itself(LogKeeper.class, options, List.of());
    local.processes().start(NAME, local.place().home(), System.getenv(), command);
  }

  static void main(String[] arguments) {
    var local = Local.here();
    while (local.runs()) {
      cutLongLogs(local.place().logs(), (long) local.settings().number("LOCAL_LOG_MIB") << 20);
      Ending.pause(POLL);
    }
    local.processes().forget(NAME);
  }

  static void cutLongLogs(Path folder, long most) {
    Folders.entries(folder).stream()
        .filter(log -> log.toString().endsWith(".log"))
        .filter(log -> !log.toString().endsWith(".previous.log"))
        .filter(log -> log.toFile().length() > most)
        .forEach(LogKeeper::cut);
  }

  private static void cut(Path log) {
    var before = log.toString().replaceFirst("\\.log$", ".previous.log");
    try {
      Files.copy(
          log,
          Path.of(before),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
