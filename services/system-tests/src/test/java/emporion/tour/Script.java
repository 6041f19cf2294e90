package emporion.tour;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a command said, and how it ended.
 *
 * @param output standard output and error as they came
 */
public record Script(int code, String output) {

  /** Whether a program of this name is on the path. */
  public static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a command to its end; one that takes longer is ended and fails. */
  static Script run(
      Path directory, Map<String, String> environment, Duration patience, List<String> command) {
    try {
      // A file, because a process that a script leaves behind would hold a pipe open.
      var output = Files.createTempFile("script", ".log");
      try {
        return run(directory, environment, patience, command, output.toFile());
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Script run(
      Path directory,
      Map<String, String> environment,
      Duration patience,
      List<String> command,
      File output)
      throws IOException {
    var builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output);
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        throw new AssertionError(
            command + " is still at work:\n" + Files.readString(output.toPath()));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Script(process.exitValue(), Files.readString(output.toPath()));
  }

  /** The same where the command succeeded; fails with its output where it did not. */
  public Script succeeded() {
    if (code != 0) {
      throw new AssertionError(this);
    }
    return this;
  }

  @Override
  public String toString() {
    return "ended with " + code + ":\n" + output;
  }
}
