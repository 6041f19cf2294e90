package emporion.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Named processes, each with all that descend from it: a PostgreSQL works in one for each
 * connection.
 *
 * @param pids of the first of each, by name
 */
record Processes(Map<String, Long> pids) {
  private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern SHARE = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
  private static final Pattern WRITES = Pattern.compile("(?m)^syscw: (\\d+)");

  /** What each has used since its birth. */
  Map<String, Cpu> cpu() {
    var used = new LinkedHashMap<String, Cpu>();
    pids.forEach((name, pid) -> used.put(name, cpu(pid)));
    return used;
  }

  /** Who ends between the list of processes and this look is counted by its parent. */
  private static Cpu cpu(long pid) {
    return family(pid)
        .map(each -> read(each, "stat"))
        .filter(stat -> !stat.isEmpty())
        .map(Cpu::of)
        .reduce(Cpu.NONE, Cpu::plus);
  }

  /** All calls that wrote something, to files and to sockets. */
  long writes() {
    return pids.values().stream()
        .flatMap(Processes::family)
        .mapToLong(pid -> number(WRITES, read(pid, "io")))
        .sum();
  }

  /**
   * Microseconds of the compilers of all virtual machines, in those of their threads that have not
   * ended: what a warm process does not need any more.
   */
  double compiling() {
    return pids.values().stream()
        .flatMap(pid -> entries(Path.of("/proc", pid.toString(), "task")))
        .map(thread -> text(thread.resolve("stat")))
        .filter(stat -> stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler"))
        .mapToDouble(stat -> Cpu.of(stat).all())
        .sum();
  }

  private static Stream<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.toList().stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }

  /** Resident bytes of each; pages that several of a family share count once. */
  Map<String, Long> memory() {
    var resident = new LinkedHashMap<String, Long>();
    pids.forEach((name, pid) -> resident.put(name, 1024 * kilobytes(family(pid).toList())));
    return resident;
  }

  private static long kilobytes(List<Long> family) {
    return family.size() == 1
        ? number(RSS, read(family.getFirst(), "status"))
        : family.stream().mapToLong(pid -> number(SHARE, read(pid, "smaps_rollup"))).sum();
  }

  private static Stream<Long> family(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
        .map(ProcessHandle::pid);
  }

  /** Empty for one that has ended. */
  private static String read(long pid, String file) {
    return text(Path.of("/proc", Long.toString(pid), file));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static long number(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }
}
