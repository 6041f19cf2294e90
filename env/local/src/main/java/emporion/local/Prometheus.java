package emporion.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Prometheus that is installed here, as one that keeps the metrics of this shop alone. */
public final class Prometheus implements Member {
  static final String NAME = "prometheus";

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Local local;
  private final Ports ports;
  private final List<Service> instances;
  private final Path home;
  private Path program;

  /**
   * @param instances whose metrics it reads
   */
  Prometheus(Local local, Ports ports, List<Service> instances) {
    this.local = local;
    this.ports = ports;
    this.instances = instances;
    this.home = local.place().data().resolve("prometheus");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Integer> ports() {
    return Map.of(Ports.PROMETHEUS, ports.prometheus());
  }

  @Override
  public void prepare() {
    program =
        Place.program(NAME)
            .orElseThrow(
                () ->
                    new Failure(
                        """
                        Prometheus is missing, which --observe needs (--observe=off goes without). Install it:
                          Debian, Ubuntu    apt-get install prometheus
                          macOS             brew install prometheus
                        The package may start a Prometheus of its own, which is not used and need not run.\
                        """));
  }

  @Override
  public Process start() {
    Folders.create(home);
    Os.keepToOwner(home);
    var settings = home.resolve("prometheus.yml");
    var rules = local.place().root().resolve("helm/emporion/rules");
    Folders.write(settings, settings(instances, rules, INTERVAL));
    return local
        .processes()
        .start(
            NAME,
            home,
            System.getenv(),
            List.of(
                program.toString(),
                "--config.file=" + settings,
                "--storage.tsdb.path=" + home.resolve("data"),
                "--storage.tsdb.retention.size=1GB",
                "--web.listen-address=127.0.0.1:" + ports.prometheus()));
  }

  /**
   * What a Prometheus reads: each service a job of its name, as the chart's monitors have it, and
   * the chart's rules.
   *
   * @param instances of all services
   * @param rules the folder of the rules
   * @param interval in which metrics are read and rules evaluated, in whole seconds
   */
  public static String settings(List<Service> instances, Path rules, Duration interval) {
    var targets = new LinkedHashMap<String, List<String>>();
    for (var instance : instances) {
      targets
          .computeIfAbsent(instance.name(), name -> new ArrayList<>())
          .add("'127.0.0.1:%d'".formatted(instance.healthPort()));
    }
    var jobs =
        targets.entrySet().stream()
            .map(job -> job(job.getKey(), job.getValue()))
            .collect(Collectors.joining());
    return """
    global:
      scrape_interval: %1$ds
      scrape_timeout: %1$ds
      evaluation_interval: %1$ds
    rule_files: ['%2$s']
    scrape_configs:
    %3$s\
    """
        .formatted(
            interval.toSeconds(), rules.resolve("*.yaml").toString().replace("'", "''"), jobs);
  }

  private static String job(String name, List<String> targets) {
    return """
      - job_name: %s
        static_configs:
          - targets: [%s]
    """
        .formatted(name, String.join(", ", targets));
  }

  @Override
  public boolean isReady() {
    return Http.status(ports.prometheus(), "/-/ready") == 200;
  }
}
