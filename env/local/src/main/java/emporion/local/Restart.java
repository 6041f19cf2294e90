package emporion.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ends a service of a shop that runs, and starts it again. */
final class Restart {
  private static final String USAGE =
      """
      Usage: env/local/restart SERVICE [--rolling]

      Ends all instances of a service of the shop that runs, and starts them again: with another setting, or the jar that was
      built meanwhile.

        --rolling  one after the other, each when the one before is ready, so that no request is lost; env/local/up --scale
                   starts more than one
        --help     this text\
      """;

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final Local local;
  private final Stop stop;
  private final Starter starter;

  private Restart(Local local) {
    this.local = local;
    this.stop = new Stop(local);
    this.starter = new Starter(local, name -> {});
  }

  static void main(String[] arguments) {
    Terminal.run(
        () -> {
          var words = new ArrayList<>(List.of(arguments));
          if (words.contains("--help") || words.contains("-h")) {
            Terminal.say(USAGE);
            return;
          }
          boolean rolling = words.remove("--rolling");
          if (words.size() != 1 || words.getFirst().startsWith("-")) {
            throw Failure.unknown(String.join(" ", words), USAGE);
          }
          new Restart(Local.here()).run(words.getFirst(), rolling);
        });
  }

  private void run(String name, boolean rolling) {
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
    var instances = instances(name);
    if (rolling && instances.size() == 1) {
      throw new Failure(
          "There is one %1$s, and nobody to answer for it meanwhile: %2$s --scale %1$s=2 starts another."
              .formatted(name, local.command("up")));
    }
    if (rolling) {
      instances.forEach(instance -> renew(List.of(instance)));
    } else {
      renew(instances);
    }
  }

  private List<JavaService> instances(String name) {
    var choice = Choice.before(local.place());
    var secrets = new Secrets(local.place());
    var ports = new Ports(local, Local.shift(System.getenv()));
    var environments = new Environments(local, secrets, ports);
    var caches = new Caches(local);
    var service = local.services().get(name);
    return IntStream.rangeClosed(1, choice.instancesOf(service))
        .mapToObj(service::instance)
        .map(each -> new JavaService(local, each, ports, environments, choice, caches))
        .toList();
  }

  private void renew(List<JavaService> instances) {
    stop.together(instances.stream().map(JavaService::name).toList());
    starter.start(instances);
  }
}
