package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What one operating system does in another way than the next. */
final class Os {
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
  private static final Path PROC = Path.of("/proc");

  /** Where each Unix has it, whatever the path says. */
  static final String SHELL = "/bin/sh";

  private static final boolean HAS_PROC = Files.exists(PROC.resolve("self/stat"));
  private static final int SHOWN_OF_A_COMMAND = 120;

  private Os() {}

  // --- processes ---------------------------------------------------------------------------------

  /**
   * When a process was born, in a unit of the system's own; nothing for one that is gone, or of
   * which only an entry is left that waits to be reaped. A JVM that ends looks like that too while
   * threads of it still hold its ports, hence their number. Java itself takes both for alive, and
   * its time of birth moves with the clock.
   */
  static OptionalLong birth(long pid) {
    if (!HAS_PROC) {
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().startInstant())
          .map(instant -> OptionalLong.of(instant.toEpochMilli()))
          .orElseGet(OptionalLong::empty);
    }
    try {
      var line = Files.readString(PROC.resolve(pid + "/stat"));
      var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      boolean hasEnded = fields[0].matches("[ZX]") && Integer.parseInt(fields[17]) <= 1;
      return hasEnded ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[19]));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * The memory of a process in KiB, of what it shares its part; 0 where the system does not tell.
   */
  static long memory(long pid) {
    try {
      return Files.readAllLines(PROC.resolve(pid + "/smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether a process can be asked to end, so that it tidies up before it does. */
  static boolean asksProcessesToEnd() {
    return ProcessHandle.current().supportsNormalTermination();
  }

  /** What Ctrl-C does, as a way to say that it is urgent. */
  static void interrupt(ProcessHandle process) {
    if (WINDOWS) {
      process.destroy();
    } else {
      output(SHELL, "-c", "kill -INT " + process.pid());
    }
  }

  static void killTree(ProcessHandle process) {
    var all = Stream.concat(process.descendants(), Stream.of(process)).toList();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * A command that neither Ctrl-C nor the end of the terminal reaches, and whose files are for
   * their owner only. It is the process itself, not the parent of it.
   */
  static List<String> detached(List<String> command) {
    if (WINDOWS) {
      return command;
    }
    var ownSession =
        new ArrayList<>(List.of(SHELL, "-c", "umask 077; trap '' HUP INT; exec \"$@\"", "sh"));
    if (Place.program("setsid").isPresent()) {
      ownSession.add("setsid");
    }
    ownSession.addAll(command);
    return ownSession;
  }

  /** The virtual machine for what runs in the background: on Windows the one without a console. */
  static String backgroundJava() {
    return Path.of(System.getProperty("java.home"), "bin", WINDOWS ? "javaw" : "java").toString();
  }

  static Optional<Path> maven() {
    return Place.program(WINDOWS ? "mvn.cmd" : "mvn");
  }

  static boolean isRoot() {
    return !WINDOWS && output("id", "-u").equals("0");
  }

  /** Whether something works in a folder; false where the system does not tell. */
  static boolean isAtWorkIn(Path folder) {
    return inProc(entry -> leadsTo(entry.resolve("cwd"), folder.toString())).isPresent();
  }

  /** What a short command says; empty where it fails. */
  static String output(String... command) {
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 ? said.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // nobody interrupts
    }
  }

  // --- ports -------------------------------------------------------------------------------------

  /** Process and command behind a port; another user's process keeps its name to itself. */
  static String holder(int port) {
    return listener(port)
        .map(pid -> "process %d (%s)".formatted(pid, command(pid)))
        .orElse("a process that this user may not see");
  }

  private static Optional<Long> listener(int port) {
    if (HAS_PROC) {
      return socket(port).flatMap(Os::ownerOf);
    }
    var pid =
        WINDOWS
            ? output(
                "powershell",
                "-Command",
                "(Get-NetTCPConnection -State Listen -LocalPort %d).OwningProcess".formatted(port))
            : output("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN");
    return pid.lines().findFirst().filter(line -> line.matches("\\d+")).map(Long::valueOf);
  }

  /** The inode of the socket that listens on a port. */
  private static Optional<String> socket(int port) {
    var address = ":%04X".formatted(port);
    return Stream.of("net/tcp", "net/tcp6")
        .map(PROC::resolve)
        .filter(Files::exists)
        .flatMap(table -> linesOf(table).map(line -> line.strip().split("\\s+")))
        .filter(row -> row[1].endsWith(address) && row[3].equals("0A"))
        .map(row -> row[9])
        .findFirst();
  }

  private static Optional<Long> ownerOf(String socket) {
    return inProc(
        entry ->
            entriesOf(entry.resolve("fd"))
                .anyMatch(file -> leadsTo(file, "socket:[" + socket + "]")));
  }

  private static String command(long pid) {
    var info = ProcessHandle.of(pid).map(ProcessHandle::info);
    var text = info.flatMap(i -> i.commandLine().or(i::command)).orElse("?");
    return text.substring(0, Math.min(text.length(), SHOWN_OF_A_COMMAND));
  }

  private static Optional<Long> inProc(Predicate<Path> condition) {
    return entriesOf(PROC)
        .filter(entry -> entry.getFileName().toString().matches("\\d+"))
        .filter(condition)
        .map(entry -> Long.valueOf(entry.getFileName().toString()))
        .findFirst();
  }

  private static Stream<Path> entriesOf(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.toList().stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.of(); // gone, or somebody else's
    }
  }

  private static Stream<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean leadsTo(Path link, String target) {
    try {
      return Files.readSymbolicLink(link).toString().equals(target);
    } catch (IOException e) {
      return false; // gone, or somebody else's
    }
  }

  // --- files -------------------------------------------------------------------------------------

  /** Keeps a file or folder to its owner; on Windows the folder of a user is so already. */
  static void keepToOwner(Path file) {
    permit(file, Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "rwx------" : "rw-------");
  }

  static void permit(Path file, String permissions) {
    if (!WINDOWS) {
      try {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
