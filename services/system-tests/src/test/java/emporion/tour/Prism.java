package emporion.tour;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A proxy in front of the gateway that holds each request and each answer against the merged
 * document, and says in a header what does not fit; {@link emporion.chassis.testkit.Http} fails
 * where that is an answer.
 */
final class Prism implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

  private final Process process;
  private final URI uri;

  private Prism(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Empty where it is not installed. */
  static Optional<Prism> before(URI gateway, int port, Path log) {
    var program = Shop.root("api-specs/node_modules/.bin/prism");
    if (!runs(program)) {
      System.err.println(
          "No proxy validates the answers: it needs Node.js 20 and npm ci --prefix api-specs.");
      return Optional.empty();
    }
    try {
      var builder =
          new ProcessBuilder(
              program.toString(),
              "proxy",
              Shop.root("api-specs/openapi/emporion.yaml").toString(),
              gateway.toString(),
              "--host",
              "127.0.0.1",
              "--port",
              Integer.toString(port));
      builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
      var prism = new Prism(builder.start(), URI.create("http://127.0.0.1:" + port));
      await("the proxy listens").atMost(STARTS_WITHIN).until(() -> Shop.isOpen(port));
      return Optional.of(prism);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installed is not enough: with an older Node.js it ends at its first line. */
  private static boolean runs(Path program) {
    return Script.isInstalled("node")
        && Files.exists(program)
        && Python.command(Map.of(), List.of(program.toString(), "--version")).code() == 0;
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
