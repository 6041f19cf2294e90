package emporion.faults;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system of the shop's own, in memory, which can be full. A run that is killed leaves it
 * behind for the next one.
 */
final class Disk implements Closeable {
  private static final String ROOMY = "size=4g";
  private static final int ATTEMPTS = 12;
  private static final long LEAST_ROOM = 16 << 10;

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** Empty, with a plain word, where nobody may mount. */
  static Optional<Disk> at(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var disk = new Disk(folder);
    var problem =
        disk.isMounted()
            ? disk.remount(ROOMY)
            : run("mount", "-t", "tmpfs", "-o", ROOMY, "emporion-faults", folder.toString());
    if (!problem.isEmpty()) {
      System.out.println("No disk will be full, since none can be mounted here: " + problem);
      return Optional.empty();
    }
    return Optional.of(disk);
  }

  private boolean isMounted() throws IOException {
    return Files.readString(Path.of("/proc/self/mounts")).contains(" " + folder + " ");
  }

  /**
   * From now on, or a few writes later, no file grows. The kernel refuses a size that was outgrown
   * while it was asked, so each attempt leaves twice as much room as the one before.
   */
  void fill() throws IOException, InterruptedException {
    var problem = shrink(0);
    for (int i = 0; i < ATTEMPTS && !problem.isEmpty(); i++) {
      problem = shrink(LEAST_ROOM << i);
    }
    demand(problem);
  }

  private String shrink(long room) throws IOException, InterruptedException {
    var store = Files.getFileStore(folder);
    return remount("size=" + (store.getTotalSpace() - store.getUnallocatedSpace() + room));
  }

  void free() throws IOException, InterruptedException {
    demand(remount(ROOMY));
  }

  private String remount(String size) throws IOException, InterruptedException {
    return run("mount", "-o", "remount," + size, folder.toString());
  }

  /** What a command had to say when it failed; nothing where it did not. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return e.getMessage();
    }
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : words.strip() + " (" + process.exitValue() + ")";
  }

  private static void demand(String problem) throws IOException {
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
  }

  /** All that lies on it is gone then. */
  @Override
  public void close() throws IOException {
    try {
      demand(run("umount", "--lazy", folder.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
