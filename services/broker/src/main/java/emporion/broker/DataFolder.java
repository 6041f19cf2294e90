package emporion.broker;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/**
 * The folder of the queues' store, owned by one process at a time.
 *
 * <p>A database whose creation was killed half-way does not open again. So the first start leaves a
 * mark once the store stands, before the first client may enter: a store without the mark has never
 * held a message, and is made anew.
 */
final class DataFolder implements Closeable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Takes the folder, creating it where needed; fails where another process has it. */
  static DataFolder take(Path path) {
    var folder = path.toAbsolutePath();
    try {
      Files.createDirectories(folder);
      var lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!taken(lock)) {
        lock.close();
        throw new StartFailure(
            "Another broker works on %s: end it, or set %s".formatted(folder, Settings.DATA));
      }
      var data = new DataFolder(folder, lock);
      data.discardUnfinished();
      return data;
    } catch (IOException e) {
      throw new StartFailure(
          "%s can't be used: %s is %s".formatted(Settings.DATA, folder, e.getMessage()), e);
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void discardUnfinished() throws IOException {
    if (!Files.exists(mark()) && Files.exists(store())) {
      try (var files = Files.walk(store())) {
        files.sorted(Comparator.reverseOrder()).forEach(DataFolder::delete);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path store() {
    return folder.resolve("store");
  }

  /** Bytes of the store's files; 0 where they can't be read. */
  double size() {
    try (var files = Files.walk(store())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private Path mark() {
    return folder.resolve("complete");
  }

  /** From here on the store is never discarded. */
  void storeStands() throws IOException {
    if (!Files.exists(mark())) {
      Files.createFile(mark());
      Durable.sync(folder);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
