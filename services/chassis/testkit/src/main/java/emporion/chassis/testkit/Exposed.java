package emporion.chassis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Has a service's metrics read by the tools of those who scrape them. */
public final class Exposed {
  private Exposed() {}

  /** Fails where {@code promtool} has anything to say; skips where there is none. */
  public static void check(Http management) throws Exception {
    var answer = management.with("Accept", "text/plain").get("/metrics");
    assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
    assumeTrue(can("promtool", "--version"), "promtool (Debian's prometheus) is not installed");
    assertEquals("", run(answer.body(), "promtool", "check", "metrics"));
  }

  /** Whether a command is there and succeeds. */
  public static boolean can(String... command) throws Exception {
    try {
      return run("", command).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** What a tool says of this input; nothing where it has no complaint. */
  public static String run(String input, String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it has read enough
    }
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : "exit " + process.exitValue() + ": " + said;
  }
}
