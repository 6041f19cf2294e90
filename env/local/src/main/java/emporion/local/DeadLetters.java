package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What operators do with dead letters of the shop that runs here; --help tells. */
final class DeadLetters {
  /** Of all consumers. */
  private static final List<String> QUEUES =
      List.of(
          "order-service.refunds",
          "product-service.orders",
          "notification-service.orders",
          "notification-service.users");

  private static final List<String> AT_THE_BROKER = List.of("list", "show", "replay", "drop");

  private DeadLetters() {}

  static void main(String[] arguments) {
    Terminal.run(() -> run(Local.here(), List.of(arguments)));
  }

  private static void run(Local local, List<String> arguments) {
    // Any service has the program among its libraries.
    var jar = local.place().jar("order-service");
    if (!Files.exists(jar)) {
      throw new Failure(
          "%s is missing: %s builds it.".formatted(Place.shown(jar), local.command("up")));
    }
    if (!arguments.isEmpty() && AT_THE_BROKER.contains(arguments.getFirst()) && !local.runs()) {
      throw new Failure("Emporion does not run: %s starts it.".formatted(local.command("up")));
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m", "-cp"));
    command.addAll(List.of(jar.toString(), "emporion.chassis.amqp.DeadLetters"));
    command.addAll(arguments);
    System.exit(code(command, local));
  }

  /** The password goes through the environment, never into a command line. */
  private static int code(List<String> command, Local local) {
    var ports = new Ports(local, Local.shift(System.getenv()));
    var environments = new Environments(local, new Secrets(local.place()), ports);
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environments.broker());
    builder.environment().put("EMPORION_DEAD_LETTERS_QUEUES", String.join(",", QUEUES));
    builder.environment().put("EMPORION_LOG_LEVEL", "ERROR");
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // nobody interrupts
    }
  }
}
