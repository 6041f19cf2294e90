package emporion.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What each command works with. */
record Local(Place place, Services services, Settings settings, Processes processes) {
  /** What may stand in the place of what is embedded. */
  static final List<String> SERVERS = List.of(Postgres.NAME, RabbitMq.NAME);

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

  /** Servers and services, whether they are wanted or not. */
  List<String> names() {
    return Stream.concat(SERVERS.stream(), services.names().stream()).toList();
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
