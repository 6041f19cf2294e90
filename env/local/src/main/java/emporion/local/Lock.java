package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * One up or down at a time for each shop: the system lets go of the lock when its process ends. The
 * file stays when the data goes ({@code --fresh}), or two could hold a lock on what was one file.
 */
final class Lock {
  static final String FILE = "lock";
  private static final Duration POLL = Duration.ofMillis(50);

  private final FileChannel channel;
  private Optional<FileLock> held = Optional.empty();

  Lock(Path data) {
    try {
      channel =
          FileChannel.open(data.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes it within a time; false where somebody else has it for longer. */
  boolean take(Duration patience) {
    var waiting = Stopwatch.start();
    while (!tryToTake()) {
      if (waiting.isPast(patience)) {
        return false;
      }
      Ending.pause(POLL);
    }
    return true;
  }

  private synchronized boolean tryToTake() {
    try {
      held = held.or(this::tryLock);
      return held.isPresent();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private Optional<FileLock> tryLock() {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void release() {
    held.ifPresent(
        lock -> {
          try {
            lock.release();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    held = Optional.empty();
  }
}
