package emporion.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What has been written stays written when the machine loses its power. */
final class Durable {
  private Durable() {}

  /** A folder's entries are data of their own: a synced file in it may still lose its name. */
  static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
