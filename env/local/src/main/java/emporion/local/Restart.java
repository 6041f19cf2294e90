package emporion.local;

import java.time.Duration;
import java.util.List;

/** Ends a service of a shop that runs, and starts it again. */
final class Restart {
  private static final String USAGE =
      """
      Usage: env/local/restart SERVICE

      Ends a service of the shop that runs, and starts it again: with another setting, or the jar that was built meanwhile.\
      """;

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private Restart() {}

  static void main(String[] arguments) {
    Terminal.run(
        () -> {
          if (arguments.length == 1 && arguments[0].matches("-h|--help")) {
            Terminal.say(USAGE);
          } else if (arguments.length != 1 || arguments[0].startsWith("-")) {
            throw Failure.unknown(String.join(" ", arguments), USAGE);
          } else {
            renew(Local.here(), arguments[0]);
          }
        });
  }

  private static void renew(Local local, String name) {
    if (!local.services().names().contains(name)) {
      throw new Failure(
          "There is no %s; there are %s."
              .formatted(name, String.join(", ", local.services().names())));
    }
    if (!local.runs()) {
      throw new Failure("Nothing runs: %s starts it.".formatted(local.command("up")));
    }
    if (!new Lock(local.place().data()).take(A_MOMENT)) {
      throw new Failure("Another env/local/up, down or restart is at work.");
    }
    new Stop(local).together(List.of(name));
    new Starter(local, started -> {}).start(List.of(member(local, name)));
  }

  private static JavaService member(Local local, String name) {
    var ports = new Ports(local, Local.shift(System.getenv()));
    return new JavaService(
        local,
        local.services().get(name),
        ports,
        new Environments(local, new Secrets(local.place()), ports),
        Choice.before(local.place()),
        new Caches(local));
  }
}
