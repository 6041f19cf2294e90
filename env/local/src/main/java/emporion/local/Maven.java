package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A run of Maven on this project, whose words go into a log. */
final class Maven {
  private static final Pattern MODULE =
      Pattern.compile("\\[INFO] Building ([^\\[]*[^\\[ ]) +[^ ]+ +\\[(\\d+/\\d+)]");
  private static final Pattern JAR =
      Pattern.compile("\\[INFO] Building jar: .*[/\\\\]([^/\\\\]+)\\.jar");
  private static final Duration POLL = Duration.ofMillis(500);

  private final Process process;
  private final Path log;
  private final Stopwatch since = Stopwatch.start();
  private int told;

  private Maven(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** A property of the project. */
  static String property(Local local, String name) {
    var found =
        Pattern.compile("<%1$s>(.*)</%1$s>".formatted(Pattern.quote(name)))
            .matcher(Folders.read(local.place().root().resolve("pom.xml")));
    if (!found.find()) {
      throw new Failure("pom.xml does not name a %s.".formatted(name));
    }
    return found.group(1);
  }

  /**
   * Starts it.
   *
   * @param use what it is needed for, in case there is none
   */
  static Maven start(Local local, String log, String use, List<String> arguments) {
    var program =
        Os.maven()
            .orElseThrow(
                () ->
                    new Failure(
                        """
                        Maven is missing, which %s. Install it:
                          Debian, Ubuntu    apt-get install maven
                          SDKMAN            sdk install maven
                          macOS             brew install maven
                          Windows           scoop install maven\
                        """
                            .formatted(use)));
    // In one thread, or its words would not tell when a module is done.
    var command = new ArrayList<>(List.of(program.toString(), "--batch-mode", "--threads", "1"));
    command.addAll(arguments);
    var file = local.place().log(log);
    var builder = new ProcessBuilder(command).directory(local.place().root().toFile());
    builder.redirectErrorStream(true).redirectOutput(file.toFile());
    // Maven itself needs any Java; where there is none but ours, it takes ours.
    if (Place.program("java").isEmpty()) {
      builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    }
    return Ending.before(() -> new Maven(started(builder), file));
  }

  private static Process started(ProcessBuilder builder) {
    try {
      var process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAtWork() {
    return process.isAlive();
  }

  void kill() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** Waits until it has ended; fails where it has failed. */
  void await(String failure) {
    while (isAtWork()) {
      Ending.pause(POLL);
    }
    if (process.exitValue() != 0) {
      Terminal.showErrorsIn(log, 30);
      throw new Failure("%s All of it is in %s.".formatted(failure, Place.shown(log)));
    }
  }

  /** A line for each module that has begun since the last call. */
  void tellProgress() {
    var begun = lines().stream().map(MODULE::matcher).filter(m -> m.matches()).toList();
    for (var module : begun.subList(told, begun.size())) {
      Terminal.say("  %-34s at %5s s", module.group(2) + " " + module.group(1), since);
    }
    told = begun.size();
  }

  /** The jars of the modules that it has left behind, by name. */
  Set<String> jarsDone() {
    return jarsDone(lines());
  }

  static Set<String> jarsDone(List<String> lines) {
    var done = new LinkedHashSet<String>();
    var jar = "";
    for (var line : lines) {
      var made = JAR.matcher(line);
      if (made.matches()) {
        jar = made.group(1);
      } else if (!jar.isEmpty() && MODULE.matcher(line).matches()) {
        done.add(jar);
      }
    }
    return done;
  }

  private List<String> lines() {
    return Terminal.linesOf(log);
  }
}
