package emporion.local;

import java.util.stream.Collectors;

/** Shows which process of the shop runs as what, and where it listens. */
final class Ps {
  private static final String USAGE =
      """
      Usage: env/local/ps

      A line for each process of the shop: its name, its pid (- where it does not run), and its ports by variable.\
      """;

  private Ps() {}

  static void main(String[] arguments) {
    Terminal.run(
        () -> {
          if (arguments.length == 0) {
            show(Local.here());
          } else if (arguments[0].matches("-h|--help")) {
            Terminal.say(USAGE);
          } else {
            throw Failure.unknown(arguments[0], USAGE);
          }
        });
  }

  private static void show(Local local) {
    var ports = new Ports(local, Local.shift(System.getenv()));
    for (var service : local.services().all()) {
      var listens =
          ports.of(service).entrySet().stream()
              .map(Object::toString)
              .collect(Collectors.joining(" "));
      line(local, service.name(), listens);
    }
    line(local, Postgres.NAME, Ports.POSTGRES + "=" + ports.postgres());
    line(local, RabbitMq.NAME, Ports.BROKER + "=" + ports.broker());
    if (Choice.before(local.place()).observed()) {
      line(local, Prometheus.NAME, Ports.PROMETHEUS + "=" + ports.prometheus());
      line(
          local,
          Zipkin.NAME,
          "%s=%d %s=%d".formatted(Ports.ZIPKIN, ports.zipkin(), Ports.OTLP, ports.otlp()));
    }
  }

  private static void line(Local local, String name, String ports) {
    var pid = local.processes().running(name).map(process -> Long.toString(process.pid()));
    Terminal.say("%-22s %-8s %s", name, pid.orElse("-"), ports);
  }
}
