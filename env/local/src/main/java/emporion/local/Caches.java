package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Start-up caches (JEP 514), one for each jar. A virtual machine accepts one only for the very
 * jars, times and options that it was made with, so these are its name: an outdated one is never
 * asked for.
 */
final class Caches {
  private final Local local;

  Caches(Local local) {
    this.local = local;
  }

  /** None where they are not wanted, or can't be made. */
  private boolean areOn() {
    return local.settings().text("LOCAL_AOT").equals("on")
        && !local.place().isOdd()
        && Os.asksProcessesToEnd();
  }

  /** Where the cache of a service is, or belongs. */
  Path of(Service service) {
    var jar = local.place().jar(service.name());
    var key = new CRC32();
    key.update(madeOf(service, jar).getBytes(StandardCharsets.UTF_8));
    return jar.resolveSibling("aot").resolve(key.getValue() + ".aot");
  }

  private String madeOf(Service service, Path jar) {
    var java = Folders.read(Path.of(System.getProperty("java.home"), "release"));
    var options = local.settings().javaFlags() + service.heap() + service.flags();
    var jars = Stream.concat(Stream.of(jar), Folders.entries(jar.resolveSibling("libs")).stream());
    return jars.map(Caches::shape).collect(Collectors.joining("\n", java + options, ""));
  }

  private static String shape(Path file) {
    try {
      return "%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cache to start a service with. */
  Optional<Path> existing(Service service) {
    return areOn() ? Optional.of(of(service)).filter(Files::exists) : Optional.empty();
  }

  /** Lets a service start without a cache from now on. */
  void giveUp(Service service) {
    var cache = of(service);
    Folders.delete(cache);
    Folders.write(mark(cache, "failed"), "");
  }

  /**
   * Whether a cache is worth the time: for a service that never had one, and for a jar that starts
   * for the second time. Who changes a service and starts it once does not wait for it.
   */
  boolean isWanted(Service service) {
    if (!areOn()) {
      return false;
    }
    var cache = of(service);
    if (Files.exists(cache) || Files.exists(mark(cache, "failed"))) {
      return false;
    }
    if (!Files.isDirectory(cache.getParent()) || Files.exists(mark(cache, "seen"))) {
      return true;
    }
    Folders.write(mark(cache, "seen"), "");
    return false;
  }

  private static Path mark(Path cache, String what) {
    return cache.resolveSibling(cache.getFileName() + "." + what);
  }

  /** Where a new one is written to. */
  Path draft(Service service) {
    var cache = of(service);
    Folders.create(cache.getParent());
    return mark(cache, "new");
  }

  /** Puts a new one in the place of all that were before. */
  void accept(Service service) {
    var draft = draft(service);
    for (var old : Folders.entries(draft.getParent())) {
      if (!old.equals(draft)) {
        Folders.delete(old);
      }
    }
    try {
      Files.move(draft, of(service));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reject(Service service) {
    var draft = draft(service);
    Folders.delete(draft);
    Folders.delete(mark(draft, "config"));
    giveUp(service);
  }
}
