package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the jars that are missing, or older than what they are made of. */
final class Build {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules", "test");
  private static final FileTime NEVER = FileTime.fromMillis(0);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Local local;
  private Optional<FileTime> shared = Optional.empty();
  private Optional<Maven> maven = Optional.empty();

  Build(Local local) {
    this.local = local;
  }

  /** Whether the jar of a service is to be made. */
  boolean isStale(Service service) {
    var folder = local.place().root().resolve("services").resolve(service.name());
    var jar = local.place().jar(service.name());
    try {
      if (!Files.exists(jar)) {
        return true;
      }
      var built = Files.getLastModifiedTime(jar);
      return built.compareTo(later(shared(), newest(folder))) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When what all are made of has changed: contracts, and each module that is no service. */
  private FileTime shared() throws IOException {
    if (shared.isEmpty()) {
      var root = local.place().root();
      var others = new HashSet<>(local.services().names());
      others.add("system-tests");
      var newest = newest(root.resolve("pom.xml"));
      newest = later(newest, newest(root.resolve("api-specs")));
      for (var module : Folders.entries(root.resolve("services"))) {
        if (!others.contains(module.getFileName().toString())) {
          newest = later(newest, newest(module));
        }
      }
      shared = Optional.of(newest);
    }
    return shared.get();
  }

  private static FileTime later(FileTime one, FileTime other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** Of the sources in a folder, without its tests. */
  private static FileTime newest(Path folder) throws IOException {
    var newest =
        new SimpleFileVisitor<Path>() {
          FileTime time = NEVER;

          @Override
          public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
            return SKIPPED.contains(entered.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.toString().endsWith(".md")) {
              time = later(time, attributes.lastModifiedTime());
            }
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(folder, newest);
    return newest.time;
  }

  /**
   * Builds what is missing of these services, and makes the start-up caches that are worth the
   * time: the first of them while Maven still works, which waits for the network more than for a
   * processor.
   */
  void build(List<JavaService> services, Training training) {
    var modules =
        services.stream()
            .map(JavaService::service)
            .filter(this::isStale)
            .map(service -> "services/" + service.name())
            .toList();
    if (!modules.isEmpty()) {
      Terminal.say(
          "%s (the first time Maven fetches what it needs; its words are in %s)",
          Terminal.bold("Building"), Place.shown(local.place().log("build")));
      runMaven(String.join(",", modules), services, training);
    }
    training.finish(services);
  }

  private void runMaven(String modules, List<JavaService> services, Training training) {
    var run =
        Maven.start(
            local,
            "build",
            "builds what is to be started",
            List.of("-DskipTests", "-DtestCompile.skip", "-pl", modules, "-am", "package"));
    maven = Optional.of(run);
    while (run.isAtWork()) {
      run.tellProgress();
      var done = run.jarsDone();
      services.stream().filter(service -> done.contains(service.name())).forEach(training::offer);
      Ending.pause(POLL);
    }
    run.tellProgress();
    run.await("The build failed.");
  }

  /** Ends what is at work. */
  void cancel() {
    maven.ifPresent(Maven::kill);
  }
}
