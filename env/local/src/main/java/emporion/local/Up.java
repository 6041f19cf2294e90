package emporion.local;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Builds what is missing and starts the shop. */
final class Up {
  private static final String USAGE =
      """
      Usage: env/local/up [--detach] [--fresh] [--database h2|postgres] [--broker embedded|rabbitmq]
                          [--observe] [--scale SERVICE=NUMBER]..

      Builds what is missing and starts Emporion on this machine. Ctrl-C stops it.
      What already runs is left alone; what has died since is started again.

        --detach   return as soon as all is ready; env/local/down stops it
        --fresh    start with empty data: accounts, products, orders and mails are gone
        --database postgres
                   keep the data in a PostgreSQL, which comes from Maven, instead of an H2 in each service
        --broker rabbitmq
                   send events through the RabbitMQ that is installed here, instead of the embedded broker
        --observe  keep metrics in the Prometheus that is installed here, with the chart's rules, and traces of all that is
                   done in a Zipkin, which comes from Maven, until it stops
        --scale order-service=3
                   start so many instances of a service, nine at most, on --database postgres; the gateway and the other
                   services call all of them, and env/local/restart renews one after the other
        --help     this text

      What is chosen once stays chosen for this data, also without the flag, until --fresh or the other flag (--database h2,
      --broker embedded, --observe=off, --scale order-service=1). Each database and each broker has data of its own: nothing
      moves from one to the other, and going back finds what was left. LOCAL_DATABASE, LOCAL_BROKER and LOCAL_OBSERVE in the
      environment choose as the flags do.\
      """;

  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(400);
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final int LINES = 20;

  private final Options options;
  private final Local local;
  private final Processes processes;
  private final Stop stop;
  private final Build build;
  private final Lock lock;
  private final List<String> started = new CopyOnWriteArrayList<>(); // the end may come at any time

  private Up(Options options, Local local) {
    this.options = options;
    this.local = local;
    this.processes = local.processes();
    this.stop = new Stop(local);
    this.build = new Build(local);
    Folders.create(local.place().data());
    Os.keepToOwner(local.place().data());
    this.lock = new Lock(local.place().data());
  }

  static void main(String[] arguments) {
    Terminal.run(
        () -> {
          var options = Options.of(List.of(arguments), USAGE);
          if (options.help()) {
            Terminal.say(USAGE);
          } else {
            new Up(options, Local.here()).run();
          }
        });
  }

  private void run() {
    var since = Stopwatch.start();
    begin();
    var secrets = new Secrets(local.place());
    secrets.complete(local.services(), local.settings());
    var choice = Choice.of(local, options);
    var ports = new Ports(local, Local.shift(System.getenv()));
    var caches = new Caches(local);
    var servers = deadServers(servers(choice, secrets, ports));
    var watchers = deadServers(watchers(choice, ports));
    var environments = new Environments(local, secrets, ports);
    var services =
        deadServices(choice).stream()
            .map(service -> new JavaService(local, service, ports, environments, choice, caches))
            .toList();
    var others = Stream.concat(watchers.stream(), services.stream()).toList();
    var dead = Stream.concat(servers.stream(), others.stream()).toList();
    if (dead.isEmpty()) {
      Terminal.say(
          "Emporion runs already: %s/ (%s stops it)", local.gateway(), local.command("down"));
      return;
    }
    ports.check(dead);
    dead.forEach(Member::prepare);
    build.build(services, new Training(local, caches, ports));
    Terminal.say("%s on %s", Terminal.bold("Starting"), System.getProperty("java.home"));
    ports.keep();
    var starter = new Starter(local, started::add);
    starter.start(servers);
    starter.start(others);
    LogKeeper.start(local);
    new Catalogue(local, secrets).fill();
    Terminal.say("  all is ready after %s s", since);
    welcome(choice, secrets, ports);
    if (options.detach()) {
      started.clear();
    } else {
      stay();
    }
  }

  // --- beginning and end -------------------------------------------------------------------------

  /** It waits for a moment only because an up that watches looks at the lock now and then. */
  private void begin() {
    if (!lock.take(A_MOMENT)) {
      throw new Failure(
          processes
              .running(Processes.UP)
              .map(up -> "env/local/up is already at work as process %d.".formatted(up.pid()))
              .orElse("Another env/local/up or down is at work."));
    }
    if (options.fresh()) {
      empty();
    }
    Folders.create(local.place().run());
    Folders.create(local.place().logs());
    Ending.means(this::cleanUp);
    Ending.watch();
    processes.remember(Processes.UP, ProcessHandle.current().pid());
  }

  private void empty() {
    if (local.runs()) {
      throw new Failure(
          "Emporion runs: stop it with %s before it can start with empty data."
              .formatted(local.command("down")));
    }
    for (var entry : Folders.entries(local.place().data())) {
      if (!entry.endsWith(Lock.FILE)) {
        Folders.remove(entry);
      }
    }
  }

  /** Only what this up has started: whatever ran before is none of its business. */
  private void cleanUp() {
    build.cancel();
    for (var name : processes.names()) {
      if (name.startsWith(Training.PREFIX)) {
        stop.quietly(name, Duration.ZERO);
        Folders.remove(local.place().data().resolve(name));
      }
    }
    if (!started.isEmpty()) {
      stop.inOrder(started);
    }
    processes.forget(Processes.UP);
  }

  // --- what is to be started ---------------------------------------------------------------------

  private List<Member> servers(Choice choice, Secrets secrets, Ports ports) {
    var servers = new ArrayList<Member>();
    if (choice.onPostgres()) {
      servers.add(new Postgres(local, secrets, ports));
    }
    if (choice.onRabbitMq()) {
      servers.add(new RabbitMq(local, secrets, ports, started::add));
    }
    return servers;
  }

  /** Nobody waits for those who watch. */
  private List<Member> watchers(Choice choice, Ports ports) {
    var instances = local.services().instances(choice.instances());
    return choice.observed()
        ? List.of(new Prometheus(local, ports, instances), new Zipkin(local, ports))
        : List.of();
  }

  private List<Member> deadServers(List<Member> servers) {
    return servers.stream().filter(server -> !answers(server)).toList();
  }

  /**
   * Whether a server lives and answers. A database that mends itself gets its time; a RabbitMQ
   * whose node has ended inside a living process, as after a full disk, never answers again: it is
   * ended.
   */
  private boolean answers(Member server) {
    var since = Stopwatch.start();
    var patience = local.settings().seconds("LOCAL_READY_SECONDS");
    boolean told = false;
    while (processes.runs(server.name())) {
      if (server.isReady()) {
        return true;
      }
      if (since.isPast(patience)) {
        Terminal.warn(
            "%s has not answered for %d s: it is started again."
                .formatted(server.name(), patience.toSeconds()));
        stop.together(List.of(server.name()));
      } else if (!told && since.isPast(SLOW)) {
        told = true;
        Terminal.say(
            "%s runs but does not answer; it has %d s to do so.",
            server.name(), patience.toSeconds());
      }
      Ending.pause(POLL);
    }
    return false;
  }

  private List<Service> deadServices(Choice choice) {
    var all = local.services().instances(choice.instances());
    var outdated =
        all.stream()
            .filter(service -> processes.runs(service.process()) && build.isStale(service))
            .map(Service::process)
            .toList();
    if (!outdated.isEmpty()) {
      Terminal.say(
          "Changed since they were started: %s. %s and up renews them.",
          String.join(" ", outdated), local.command("down"));
    }
    return all.stream().filter(service -> !processes.runs(service.process())).toList();
  }

  // --- after the start ---------------------------------------------------------------------------

  private void welcome(Choice choice, Secrets secrets, Ports ports) {
    var data = local.place().data();
    Terminal.say("");
    Terminal.say(Terminal.bold("Emporion runs."));
    Terminal.say("  open          %s/", local.gateway());
    Terminal.say("  try           curl '%s/v1/products?limit=3'", local.gateway());
    if (!Files.exists(data.resolve("welcomed"))) {
      Folders.write(data.resolve("welcomed"), "");
      for (var role : List.of("admin", "shopper")) {
        var name = role.toUpperCase(Locale.ROOT);
        Terminal.say(
            "  %-13s %s / %s",
            role, secrets.get(name + "_USERNAME"), secrets.get(name + "_PASSWORD"));
      }
    }
    Terminal.say("  passwords     %s", Place.shown(data.resolve("credentials.env")));
    if (choice.onPostgres()) {
      Terminal.say(
          "  database      PostgreSQL on 127.0.0.1:%d, one for each service", ports.postgres());
    }
    if (choice.onRabbitMq()) {
      Terminal.say("  broker        RabbitMQ on 127.0.0.1:%d", ports.broker());
    }
    choice
        .instances()
        .forEach((name, number) -> Terminal.say("  %-13s %d instances", name, number));
    if (choice.observed()) {
      Terminal.say("  metrics       http://127.0.0.1:%d/ (Prometheus)", ports.prometheus());
      Terminal.say(
          "  traces        http://127.0.0.1:%d/ (Zipkin; the tag order.id finds those of an order)",
          ports.zipkin());
    }
    Terminal.say("  e-mails       %s", Place.shown(data.resolve("mailbox")));
    Terminal.say("  logs          %s", Place.shown(local.place().logs()));
    Terminal.say("  stop          %s", options.detach() ? local.command("down") : "Ctrl-C");
  }

  /** Until Ctrl-C, which stops all of it now, or env/local/down. */
  private void stay() {
    Ending.means(this::stopAll);
    processes.forget(Processes.UP);
    lock.release();
    watch();
    Ending.means(() -> {});
    Terminal.say("Emporion was stopped.");
  }

  private void stopAll() {
    Terminal.say("");
    lock.take(A_MOMENT);
    var all = new ArrayList<>(local.names());
    all.add(LogKeeper.NAME);
    stop.inOrder(all);
    Terminal.say("%s", Terminal.bold("Emporion is stopped."));
    Runtime.getRuntime().halt(0); // it was wanted
  }

  /** Says so when a process dies; up in another terminal starts it again. */
  private void watch() {
    Set<String> reported = new HashSet<>();
    while (local.names().stream().anyMatch(processes::knows)) {
      Ending.pause(A_MOMENT);
      if (!lock.take(Duration.ZERO)) {
        continue; // an up or down is at work
      }
      lock.release();
      for (var name : local.names()) {
        var identity = processes.identity(name);
        if (identity.isPresent() && !processes.runs(name) && reported.add(identity.get())) {
          tellDeath(name);
        }
      }
    }
  }

  private void tellDeath(String name) {
    var log = local.place().log(name);
    Terminal.showEndOf(log, LINES);
    Terminal.warn(
        "%s has died; the last lines of %s stand above. %s in another terminal starts it again."
            .formatted(name, Place.shown(log), local.command("up")));
  }
}
