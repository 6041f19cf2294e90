package emporion.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@link Main} in a process of its own, which can be killed. */
final class BrokerProcess implements AutoCloseable {
  private static final Pattern PORTS = Pattern.compile("Queues on port (\\d+)");

  private final Process process;
  private final BufferedReader out;

  private BrokerProcess(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  static BrokerProcess start(Map<String, String> settings) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true);
    return new BrokerProcess(builder.start());
  }

  /** The port of the queues, once it is told; a process that ends before is a failure. */
  int port() throws IOException {
    var told = new ArrayList<String>();
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      told.add(line);
      var ports = PORTS.matcher(line);
      if (ports.find()) {
        return Integer.parseInt(ports.group(1));
      }
    }
    throw new AssertionError("Ended before it was ready: " + told);
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM; through the handle, as {@link Process#destroy} closes the output that we read. */
  void terminate() {
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("It still runs");
    }
    return process.exitValue();
  }

  List<String> remainingOutput() {
    return out.lines().toList();
  }

  @Override
  public void close() {
    kill();
  }
}
