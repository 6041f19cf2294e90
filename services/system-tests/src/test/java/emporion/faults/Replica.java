package emporion.faults;

import static org.awaitility.Awaitility.await;

import emporion.chassis.testkit.Http;
import emporion.tour.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A second instance of a service, on the database of the first. */
final class Replica implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(10);
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(1);

  private final int management;
  private final List<String> command;
  private final List<String> environment;
  private final Path log;
  private Process process;

  /**
   * Starts as the first was started, but for the ports and the clock.
   *
   * @param port where it serves; the next ones are for operators and for gRPC
   * @param skewed whether its clock is an hour ahead, where {@code faketime} is installed
   */
  Replica(Shop shop, String service, int port, boolean skewed) throws IOException {
    management = port + 1;
    var proc = Path.of("/proc", Long.toString(shop.process(service).pid()));
    command = words(proc.resolve("cmdline"));
    var own =
        Stream.of(
            "SERVER_PORT=" + port,
            "MANAGEMENT_PORT=" + management,
            "EMPORION_GRPC_PORT=" + (port + 2));
    var clock = skewed ? skew() : Stream.<String>of();
    environment =
        Stream.of(words(proc.resolve("environ")).stream(), own, clock).flatMap(s -> s).toList();
    log = shop.data().resolve("logs/" + service + ".replica.log");
    start();
  }

  /**
   * With the library's own choice for glibc's monotonic clock, a timed wait of the virtual machine
   * ends at once, and the threads that wait spin.
   */
  private static Stream<String> skew() throws IOException {
    try (var folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
      return StreamSupport.stream(folders.spliterator(), false)
          .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .toList()
          .stream()
          .flatMap(
              library ->
                  Stream.of(
                      "LD_PRELOAD=" + library,
                      "FAKETIME=+1h",
                      "FAKETIME_DONT_FAKE_MONOTONIC=1",
                      "FAKETIME_FORCE_MONOTONIC_FIX=0"));
    }
  }

  private static List<String> words(Path file) throws IOException {
    return List.of(Files.readString(file).split("\0"));
  }

  /** Starts, and waits until it is ready. */
  void start() throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    for (var pair : environment) {
      var name = pair.split("=", 2);
      builder.environment().put(name[0], name[1]);
    }
    process = builder.start();
    await("the replica is ready")
        .atMost(STARTS_WITHIN)
        .failFast("the replica has died, see " + log, () -> !process.isAlive())
        .until(this::isReady);
  }

  private boolean isReady() {
    try {
      var uri = URI.create("http://127.0.0.1:" + management);
      return Http.to(uri).get("/health/ready").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** As SIGKILL does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As SIGTERM does: it finishes what it is at. */
  void stop() {
    process.destroy();
    await("the replica has ended").atMost(STOPS_WITHIN).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
