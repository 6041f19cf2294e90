package emporion.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is said to whoever called a command. */
final class Terminal {
  private static final boolean COLOURED =
      isThere() && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();

  private Terminal() {}

  /** Whether somebody looks at one. */
  static boolean isThere() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Does what a command does, and ends as that ends. */
  static void run(Runnable command) {
    try {
      command.run();
    } catch (Failure e) {
      warn(e.getMessage());
      System.exit(e.code());
    } catch (UncheckedIOException e) {
      warn(e.getCause().toString());
      System.exit(1);
    }
  }

  static void say(String text, Object... values) {
    print(System.out, values.length == 0 ? text : text.formatted(values));
  }

  static void warn(String text) {
    print(System.err, coloured("31", text));
  }

  private static void print(PrintStream stream, String text) {
    Ending.pass();
    stream.println(text);
    stream.flush();
  }

  static String bold(String text) {
    return coloured("1", text);
  }

  static String green(String text) {
    return coloured("32", text);
  }

  private static String coloured(String code, String text) {
    return COLOURED ? "\033[%sm%s\033[0m".formatted(code, text) : text;
  }

  /** Shows the last lines of a log. */
  static void showEndOf(Path log, int count) {
    var lines = linesOf(log);
    lines
        .subList(Math.max(0, lines.size() - count), lines.size())
        .forEach(line -> print(System.err, line));
  }

  /** Shows the errors that Maven has logged; whatever came last where there are none. */
  static void showErrorsIn(Path log, int count) {
    var errors =
        linesOf(log).stream().filter(line -> line.matches("\\[(ERROR|FATAL)].*")).limit(count);
    var shown = errors.toList();
    shown.forEach(line -> print(System.err, line));
    if (shown.isEmpty()) {
      showEndOf(log, count);
    }
  }

  static List<String> linesOf(Path log) {
    try {
      return Files.exists(log)
          ? Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
