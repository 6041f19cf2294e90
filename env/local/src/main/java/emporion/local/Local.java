package emporion.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What each command works with. */
record Local(Place place, Services services, Settings settings, Processes processes) {
  /** What is not ours: some stand in the place of what is embedded, others watch. */
  static final List<String> SERVERS =
      List.of(Postgres.NAME, RabbitMq.NAME, Prometheus.NAME, Zipkin.NAME);

  /** Of the project that holds these sources, as {@code env/local/run} tells. */
  static Local here() {
    return of(Path.of(System.getProperty("emporion.root")), System.getenv());
  }

  static Local of(Path root, Map<String, String> environment) {
    var place = Place.of(root, environment);
    var services = Services.read(place.local("services.conf"), shift(environment));
    var settings = Settings.read(place.local("settings.env"), environment, services);
    return new Local(place, services, settings, new Processes(place));
  }

  /** By which a second shop moves all its ports. */
  static int shift(Map<String, String> environment) {
    var shift = environment.getOrDefault("LOCAL_PORT_SHIFT", "");
    return shift.isEmpty() ? 0 : Settings.number("LOCAL_PORT_SHIFT", shift);
  }

  /**
   * The command of one of these classes as a process of its own, started as this one was: from the
   * launcher's jar, or from the source.
   *
   * @param libraries that it finds on its class path
   */
  List<String> itself(Class<?> main, List<String> options, List<Path> libraries) {
    var classes = new ArrayList<>(libraries.stream().map(Path::toString).toList());
    boolean compiled = main.getClassLoader() == ClassLoader.getSystemClassLoader();
    if (compiled) {
      classes.addFirst(System.getProperty("java.class.path"));
    }
    var command = new ArrayList<>(List.of(Os.backgroundJava(), "-Demporion.root=" + place.root()));
    command.addAll(options);
    if (!classes.isEmpty()) {
      command.addAll(List.of("-cp", String.join(File.pathSeparator, classes)));
    }
    var source = "src/main/java/emporion/local/%s.java".formatted(main.getSimpleName());
    command.add(compiled ? main.getName() : place.local(source).toString());
    return command;
  }

  /** Servers and services, whether they are wanted or not, and further instances that run. */
  List<String> names() {
    var further = processes.names().stream().filter(name -> services.instance(name).isPresent());
    return Stream.of(SERVERS.stream(), services.names().stream(), further)
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  boolean runs() {
    return processes.runsAny(names());
  }

  String gateway() {
    return services.fill("http://127.0.0.1:{gateway}");
  }

  /** A command beside {@code up}, as somebody here would call it. */
  String command(String name) {
    return Place.shown(place.local(name));
  }
}
