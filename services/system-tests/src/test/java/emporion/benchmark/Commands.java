package emporion.benchmark;

import emporion.tour.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands in a folder. */
record Commands(Path folder) {
  private static final int PATIENCE_MINUTES = 15;

  /** Until it ends well; what it leaves running goes on. */
  void run(String... command) {
    try {
      // A file, because a process that a script leaves behind would hold a pipe open.
      var output = Files.createTempFile("command", ".log");
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("JAVA_HOME_25", System.getProperty("java.home"));
      builder.environment().put("PGBIN", programs());
      var process = builder.start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        throw new IllegalStateException(
            "%s in %s failed:%n%s".formatted(List.of(command), folder, Files.readString(output)));
      }
      Files.delete(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // nobody interrupts
    }
  }

  /** The PostgreSQL that a shop has unpacked. */
  private static String programs() throws IOException {
    try (var folders = Files.newDirectoryStream(Shop.root("target"), "postgresql-*")) {
      for (var one : folders) {
        return one.resolve("bin").toString();
      }
    }
    return "";
  }
}
