package emporion.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The shop's processes by name. A file has each one's pid, and its time of birth, which tells it
 * from a later process of the same number.
 */
final class Processes {
  /** The up that is at work, under which name it is known. */
  static final String UP = "up";

  private static final String SUFFIX = ".pid";

  private final Place place;

  Processes(Place place) {
    this.place = place;
  }

  // --- who runs ----------------------------------------------------------------------------------

  /** The process of a name, if it runs. */
  Optional<ProcessHandle> running(String name) {
    return identity(name)
        .filter(words -> Os.birth(pid(words)).equals(birth(words)))
        .flatMap(words -> ProcessHandle.of(pid(words)));
  }

  boolean runs(String name) {
    return running(name).isPresent();
  }

  boolean runsAny(Collection<String> names) {
    return names.stream().anyMatch(this::runs);
  }

  /** What tells a process from any other, past ones too; nothing where none is known. */
  Optional<String> identity(String name) {
    try {
      return Optional.of(Files.readString(file(name)).strip()).filter(text -> text.contains(" "));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long pid(String words) {
    return Long.parseLong(words.split(" ")[0]);
  }

  private static OptionalLong birth(String words) {
    return OptionalLong.of(Long.parseLong(words.split(" ")[1]));
  }

  /** All that are known but up itself, also where they have died, or stand in no table. */
  List<String> names() {
    return Folders.entries(place.run()).stream()
        .map(file -> file.getFileName().toString())
        .filter(file -> file.endsWith(SUFFIX))
        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
        .filter(name -> !name.equals(UP))
        .toList();
  }

  boolean knows(String name) {
    return Files.exists(file(name));
  }

  void remember(String name, long pid) {
    Os.birth(pid).ifPresent(born -> Folders.write(file(name), pid + " " + born + "\n"));
  }

  void forget(String name) {
    Folders.delete(file(name));
  }

  private Path file(String name) {
    return place.run().resolve(name + SUFFIX);
  }

  // --- starting ----------------------------------------------------------------------------------

  /**
   * Starts a process that outlives this one, and remembers it.
   *
   * @param name of its log, too; the one of before is kept beside it
   * @param environment all of it
   */
  Process start(
      String name, Path directory, Map<String, String> environment, List<String> command) {
    return Ending.before(
        () -> {
          try {
            var process = launched(newLog(name), directory, environment, command);
            remember(name, process.pid());
            return process;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Process launched(
      File log, Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    var builder = new ProcessBuilder(Os.detached(command)).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private File newLog(String name) throws IOException {
    var log = place.log(name);
    if (Files.exists(log)) {
      Files.move(log, place.log(name + ".previous"), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.createFile(log);
    Os.keepToOwner(log);
    return log.toFile();
  }
}
