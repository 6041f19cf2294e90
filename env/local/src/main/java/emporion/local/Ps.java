package emporion.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows which process of the shop runs as what, where it listens, and how it fares. */
final class Ps {
  private static final String USAGE =
      """
      Usage: env/local/ps [--long]

      A line for each process of the shop: its name, its pid, and its ports by variable; - where there is nothing to tell.

        --long  also whether it is ready, its version, the CPU time that it has used, and its memory. A terminal is shown
                that in any case; scripts read the short form\
      """;

  private static final String NOTHING = "-";
  private static final double MILLIS = 1_000;

  private final Local local;
  private final boolean detailed;
  private final Ports ports;

  private Ps(Local local, boolean detailed) {
    this.local = local;
    this.detailed = detailed;
    this.ports = new Ports(local, Local.shift(System.getenv()));
  }

  static void main(String[] arguments) {
    Terminal.run(
        () -> {
          switch (arguments.length == 0 ? "" : arguments[0]) {
            case "" -> show(Local.here(), Terminal.isThere());
            case "--long" -> show(Local.here(), true);
            case "-h", "--help" -> Terminal.say(USAGE);
            default -> throw Failure.unknown(arguments[0], USAGE);
          }
        });
  }

  private static void show(Local local, boolean detailed) {
    new Ps(local, detailed).show(Choice.before(local.place()));
  }

  private void show(Choice choice) {
    if (detailed) {
      details("process", "pid", "health", "version", "cpu", "memory", "ports");
    }
    for (var service : local.services().instances(choice.instances())) {
      line(service.process(), process -> health(service), version(service), ports.of(service));
    }
    server(Postgres.NAME, Map.of(Ports.POSTGRES, ports.postgres()));
    server(RabbitMq.NAME, Map.of(Ports.BROKER, ports.broker()));
    if (choice.observed()) {
      server(Prometheus.NAME, Map.of(Ports.PROMETHEUS, ports.prometheus()));
      server(
          Zipkin.NAME,
          new TreeMap<>(Map.of(Ports.ZIPKIN, ports.zipkin(), Ports.OTLP, ports.otlp())));
    }
  }

  private void server(String name, Map<String, Integer> listens) {
    line(name, process -> "runs", NOTHING, listens);
  }

  private void line(
      String name,
      Function<ProcessHandle, String> health,
      String version,
      Map<String, Integer> listens) {
    var process = local.processes().running(name);
    var pid = process.map(running -> Long.toString(running.pid())).orElse(NOTHING);
    var where = listens.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    if (detailed) {
      details(
          name,
          pid,
          process.map(health).orElse(NOTHING),
          process.map(running -> version).orElse(NOTHING),
          process.map(Ps::cpu).orElse(NOTHING),
          process.map(Ps::memory).orElse(NOTHING),
          where);
    } else {
      Terminal.say("%-22s %-8s %s", name, pid, where);
    }
  }

  private static void details(Object... columns) {
    Terminal.say("%-22s %-8s %-9s %-16s %9s %7s  %s", columns);
  }

  private static String health(Service service) {
    return Http.status(service.healthPort(), service.health()) == 200 ? "ready" : "not-ready";
  }

  /** As the jar says that would be started now. */
  private String version(Service service) {
    try (var jar = new JarFile(local.place().jar(service.name()).toFile())) {
      var version =
          jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      return version == null ? NOTHING : version;
    } catch (IOException e) {
      return NOTHING;
    }
  }

  private static String cpu(ProcessHandle process) {
    var used =
        family(process)
            .flatMap(each -> each.info().totalCpuDuration().stream())
            .reduce(Duration.ZERO, Duration::plus);
    return "%.1fs".formatted(used.toMillis() / MILLIS);
  }

  private static String memory(ProcessHandle process) {
    long kibs = family(process).mapToLong(each -> Os.memory(each.pid())).sum();
    return kibs == 0 ? NOTHING : "%dM".formatted(kibs >> 10);
  }

  private static Stream<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }
}
