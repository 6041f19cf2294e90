package emporion.local;

import java.nio.file.Files;
import java.time.Duration;

/** Stops the shop. */
final class Down {
  private static final String USAGE =
      """
      Usage: env/local/down

      Stops all that env/local/up has started: the gateway first, the broker last. Data stays in env/local/data.\
      """;

  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final Duration UP_ENDS_WITHIN = Duration.ofSeconds(120);

  private Down() {}

  static void main(String[] arguments) {
    Terminal.run(
        () -> {
          switch (arguments.length == 0 ? "" : arguments[0]) {
            case "" -> stop(Local.here());
            case "-h", "--help" -> Terminal.say(USAGE);
            default -> throw Failure.unknown(arguments[0], USAGE);
          }
        });
  }

  private static void stop(Local local) {
    if (!Files.exists(local.place().run())) {
      Terminal.say("Nothing runs.");
      return;
    }
    takeOver(local);
    var names = local.processes().names();
    var stop = new Stop(local);
    if (local.processes().runsAny(names)) {
      stop.inOrder(names);
      Terminal.say(
          "%s Its data stays in %s.",
          Terminal.bold("Emporion is stopped."), Place.shown(local.place().data()));
    } else {
      names.forEach(local.processes()::forget);
      Terminal.say("Nothing runs.");
    }
  }

  /** An up that is still at work stops what it has started when it is told to end. */
  private static void takeOver(Local local) {
    var lock = new Lock(local.place().data());
    if (lock.take(A_MOMENT)) {
      return;
    }
    local
        .processes()
        .running(Processes.UP)
        .ifPresent(
            up -> {
              Terminal.say("env/local/up is at work: it is told to end.");
              up.destroy();
            });
    if (!lock.take(UP_ENDS_WITHIN)) {
      throw new Failure("Another env/local/up or down is at work and does not end.");
    }
  }
}
