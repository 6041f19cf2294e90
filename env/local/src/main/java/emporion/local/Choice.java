package emporion.local;

import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the data is, through what the events go, whether metrics and traces are kept, and how many
 * there are of a service.
 *
 * @param instances of the services that have more than one, by name
 */
record Choice(
    String database, String broker, String observe, SortedMap<String, Integer> instances) {
  static final Choice EMBEDDED = new Choice("h2", "embedded", "off", Collections.emptySortedMap());

  private static final List<String> DATABASES = List.of("h2", "postgres");
  private static final List<String> BROKERS = List.of("embedded", "rabbitmq");
  private static final List<String> OBSERVE = List.of("on", "off");

  /** What is asked for now, else what this data was last used with, else what is embedded. */
  static Choice of(Local local, Options options) {
    var before = before(local.place());
    var flags = options.choices();
    var choice =
        new Choice(
            first(
                flags.get("--database"), local.settings().text("LOCAL_DATABASE"), before.database),
            first(flags.get("--broker"), local.settings().text("LOCAL_BROKER"), before.broker),
            first(flags.get("--observe"), local.settings().text("LOCAL_OBSERVE"), before.observe),
            merged(before.instances, options.instances()));
    check("LOCAL_DATABASE", DATABASES, choice.database);
    check("LOCAL_BROKER", BROKERS, choice.broker);
    check("LOCAL_OBSERVE", OBSERVE, choice.observe);
    choice.instances.forEach((name, number) -> choice.checkInstances(local.services(), name));
    if (!choice.equals(before) && local.runs()) {
      throw new Failure(
          "Emporion runs with %s: stop it with %s before it can run otherwise."
              .formatted(before.asFlags(), local.command("down")));
    }
    Folders.write(local.place().data().resolve("chosen"), choice.asWords() + "\n");
    return choice;
  }

  /** What this data was last used with. */
  static Choice before(Place place) {
    var file = place.data().resolve("chosen");
    if (!Files.exists(file)) {
      return EMBEDDED;
    }
    var words = List.of(Folders.read(file).strip().split(" "));
    var instances = new TreeMap<String, Integer>();
    words.stream()
        .map(word -> word.split("="))
        .filter(pair -> pair.length > 1)
        .forEach(pair -> instances.put(pair[0], Integer.valueOf(pair[1])));
    return new Choice(
        words.get(0), words.get(1), words.size() > 2 ? words.get(2) : EMBEDDED.observe, instances);
  }

  private static String first(String flag, String setting, String before) {
    if (flag != null) {
      return flag;
    }
    return setting.isEmpty() ? before : setting;
  }

  private static SortedMap<String, Integer> merged(
      Map<String, Integer> before, Map<String, Integer> now) {
    var instances = new TreeMap<>(before);
    instances.putAll(now);
    instances.values().removeIf(number -> number == 1);
    return instances;
  }

  private static void check(String what, List<String> known, String chosen) {
    if (!known.contains(chosen)) {
      throw new Failure(
          "%s can be %s, not %s.".formatted(what, String.join(" or ", known), chosen));
    }
  }

  private void checkInstances(Services services, String name) {
    if (!services.names().contains(name)) {
      throw new Failure("There is no %s to have several instances of.".formatted(name));
    }
    var service = services.get(name);
    if (service.equals(services.broker()) || service.equals(services.gateway())) {
      throw new Failure("There is one %s: all others know it by its port.".formatted(name));
    }
    if (service.needs("database") && !onPostgres()) {
      throw new Failure(
          """
          Several instances of %1$s share a database, and a file of H2 belongs to one process.
          Add --database postgres, or --scale %1$s=1.\
          """
              .formatted(name));
    }
  }

  private String asWords() {
    return Stream.concat(
            Stream.of(database, broker, observe),
            instances.entrySet().stream().map(Object::toString))
        .collect(Collectors.joining(" "));
  }

  private String asFlags() {
    var flags = "--database %s --broker %s --observe=%s".formatted(database, broker, observe);
    return instances.entrySet().stream()
        .map(pair -> " --scale " + pair)
        .collect(Collectors.joining("", flags, ""));
  }

  boolean onPostgres() {
    return database.equals("postgres");
  }

  boolean onRabbitMq() {
    return broker.equals("rabbitmq");
  }

  boolean observed() {
    return observe.equals("on");
  }

  int instancesOf(Service service) {
    return instances.getOrDefault(service.name(), 1);
  }
}
