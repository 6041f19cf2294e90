package emporion.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the shop's own, from Maven, in the place of an H2 in each service. The services'
 * databases are kept apart: none of their users may enter another one's.
 */
final class Postgres implements Member {
  static final String NAME = "postgres";

  private static final Duration POLL = Duration.ofMillis(100);
  private static final String NOBODY = "65534";
  private static final int LINES = 20;

  private final Local local;
  private final Secrets secrets;
  private final Ports ports;
  private final Path data;
  private Path programs;

  /** What goes before each of its programs, which refuse to work for root. */
  private List<String> asSomebodyElse = List.of();

  private String owner = "";

  Postgres(Local local, Secrets secrets, Ports ports) {
    this.local = local;
    this.secrets = secrets;
    this.ports = ports;
    this.data = local.place().data().resolve("postgres");
    secrets.make(Secrets.POSTGRES);
    services().forEach(service -> secrets.make(Secrets.ofDatabase(service)));
  }

  private List<Service> services() {
    return local.services().needing("database");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Integer> ports() {
    return Map.of(Ports.POSTGRES, ports.postgres());
  }

  // --- the programs ------------------------------------------------------------------------------

  /** Gets its programs, which are unpacked once for each version. */
  @Override
  public void prepare() {
    var version = Maven.property(local, "postgresql-server.version");
    programs = local.place().root().resolve("target/postgresql-" + version);
    if (!Files.exists(programs.resolve("bin"))) {
      fetch(version);
    }
    checkVersion(version);
    stepDown();
  }

  private void fetch(String version) {
    Terminal.say(Terminal.bold("Fetching PostgreSQL " + version));
    var log = "postgresql.build";
    Maven.start(
            local, log, "PostgreSQL comes from", List.of("-N", "-P", "postgresql", "initialize"))
        .await("PostgreSQL can't be had.");
    var target = local.place().root().resolve("target");
    var draft = target.resolve("postgresql.new");
    Folders.remove(draft);
    Folders.create(draft);
    var archive =
        Folders.entries(target.resolve("postgresql")).stream()
            .filter(file -> file.toString().endsWith(".txz"))
            .findFirst()
            .orElseThrow();
    run(
        local.place().log(log),
        "",
        List.of("tar", "-xJf", archive.toString(), "-C", draft.toString()));
    Folders.move(draft, programs);
  }

  /** Files of one major version are strange to every other one. */
  private void checkVersion(String mine) {
    var file = data.resolve("PG_VERSION");
    if (!Files.exists(file)) {
      return;
    }
    var major = Folders.read(file).strip();
    if (!mine.split("\\.")[0].equals(major)) {
      throw new Failure(
          "%s is of PostgreSQL %s, and this is %s: start with empty data (--fresh), or carry it over with pg_dump."
              .formatted(Place.shown(data), major, mine));
    }
  }

  /**
   * For root, somebody without a name in a user namespace does the work; where those are forbidden,
   * nobody, who needs a way to his files then.
   */
  private void stepDown() {
    if (!Os.isRoot()) {
      return;
    }
    var stranger = Os.output("unshare", "--user", "id", "-u");
    if (!stranger.isEmpty() && !stranger.equals("0")) {
      asSomebodyElse = List.of("unshare", "--user");
      owner = "0";
      return;
    }
    asSomebodyElse =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
    owner = NOBODY;
    var home = local.place().data();
    Folders.entries(home).stream().filter(Files::isDirectory).forEach(Os::keepToOwner);
    Os.permit(home, "rwx--x--x");
    var check = "test -x '%s' -a -x '%s/bin/postgres' && echo yes".formatted(home, programs);
    if (Os.output(asNobody(Os.SHELL, "-c", check)).isEmpty()) {
      throw new Failure(
          """
          PostgreSQL refuses to work for root, and no other user may enter %s or %s.
          Start env/local/up as another user, or put both where everybody may go (LOCAL_HOME tells where the data is).\
          """
              .formatted(home, programs));
    }
  }

  private String[] asNobody(String... command) {
    return Stream.concat(asSomebodyElse.stream(), Stream.of(command)).toArray(String[]::new);
  }

  // --- the databases -----------------------------------------------------------------------------

  private void create(Path log) {
    var draft = data.resolveSibling("postgres.new");
    Folders.remove(draft);
    Folders.create(draft);
    Os.keepToOwner(draft);
    handOver(draft, log);
    run(
        log,
        "",
        program(
            "initdb",
            "--pgdata=" + draft,
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums"));
    Folders.write(draft.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    fill(draft, log);
    handOver(draft, log);
    Folders.move(draft, data);
  }

  /**
   * Needs no server and no client: passwords go through standard input, and into no log. What is
   * there already is left.
   */
  private void fill(Path folder, Path log) {
    run(
        log,
        statements(),
        program(
            "postgres",
            "--single",
            "-D",
            folder.toString(),
            "-c",
            "log_min_error_statement=panic",
            "postgres"));
    Folders.write(folder.resolve("emporion.databases"), names());
  }

  private String names() {
    return services().stream().map(s -> s.database() + "\n").collect(Collectors.joining());
  }

  private String statements() {
    var all =
        new StringBuilder()
            .append("alter role postgres password '%s'\n".formatted(secrets.get(Secrets.POSTGRES)))
            .append("revoke all on database postgres, template1 from public\n");
    for (var service : services()) {
      all.append(
          """
          create role %1$s login password '%2$s'
          create database %1$s owner %1$s
          revoke all on database %1$s from public
          """
              .formatted(service.database(), secrets.get(Secrets.ofDatabase(service))));
    }
    return all.toString();
  }

  private void handOver(Path folder, Path log) {
    if (!owner.isEmpty()) {
      run(log, "", List.of("chown", "-R", owner, "--", folder.toString()));
    }
  }

  private List<String> program(String name, String... arguments) {
    var command = new ArrayList<>(asSomebodyElse);
    command.add(programs.resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static void run(Path log, String input, List<String> command) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      var process = builder.start();
      try (var in = process.outputWriter()) {
        in.write(input);
      }
      if (process.waitFor() == 0) {
        return;
      }
    } catch (IOException e) {
      Terminal.warn(e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // nobody interrupts
    }
    Terminal.showEndOf(log, LINES);
    throw new Failure(
        "PostgreSQL's databases can't be made; the last lines of %s stand above."
            .formatted(Place.shown(log)));
  }

  // --- the server --------------------------------------------------------------------------------

  @Override
  public Process start() {
    var log = local.place().log("postgres.create");
    Folders.writePrivately(log, "", StandardOpenOption.TRUNCATE_EXISTING);
    if (!Files.exists(data)) {
      create(log);
    } else {
      awaitLeftovers();
      var made = data.resolve("emporion.databases");
      if (!Files.exists(made) || !Folders.read(made).equals(names())) {
        fill(data, log);
      }
      handOver(data, log);
    }
    return local.processes().start(NAME, local.place().home(), System.getenv(), command());
  }

  private List<String> command() {
    return Stream.concat(
            program("postgres", "-D", data.toString()).stream(),
            Stream.of(
                    "listen_addresses=127.0.0.1",
                    "port=" + ports.postgres(),
                    "unix_socket_directories=",
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    "max_connections=800", // enough for nine instances of each service
                    "timezone=UTC",
                    "log_timezone=UTC")
                .flatMap(setting -> Stream.of("-c", setting)))
        .toList();
  }

  /** Whoever still works there is left over from a server that was killed, and ends by itself. */
  private void awaitLeftovers() {
    var waiting = Stopwatch.start();
    while (Os.isAtWorkIn(data)) {
      if (waiting.isPast(local.settings().seconds("LOCAL_READY_SECONDS"))) {
        throw new Failure(
            "Processes of a PostgreSQL that was killed still work in %s.".formatted(data));
      }
      Ending.pause(POLL);
    }
    Folders.delete(data.resolve("postmaster.pid")); // its process may have another's number by now
  }

  /** As pg_ctl asks: who only connects is refused while the server recovers. */
  @Override
  public boolean isReady() {
    var running = local.processes().running(NAME);
    try {
      var lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return running.isPresent()
          && lines.size() > 7
          && lines.getFirst().strip().equals(Long.toString(running.get().pid()))
          && lines.get(7).startsWith("ready");
    } catch (IOException e) {
      return false;
    }
  }
}
