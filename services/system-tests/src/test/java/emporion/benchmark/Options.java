package emporion.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code services/system-tests/benchmark --help} names.
 *
 * @param databases of shops of its own; none for the one that runs
 * @param broker of those; empty for the one that goes with the database
 * @param parts what is measured
 * @param levels numbers of connections that are tried one after the other
 * @param grown orders that there are before; 0 for none
 */
record Options(
    List<String> databases,
    Optional<String> broker,
    Set<String> parts,
    List<Path> compared,
    int rounds,
    int warmUp,
    int requests,
    int orders,
    int connections,
    List<Integer> levels,
    int grown,
    int grownUsers,
    int grownProducts,
    int grownCustomer,
    Optional<Path> json,
    Optional<Path> svg) {

  static final List<String> PARTS =
      List.of(
          "cold",
          "order",
          "user",
          "gateway",
          "products",
          "timeline",
          "connections",
          "statements",
          "lists");

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "rounds", "5",
          "warm-up", "20000",
          "requests", "20000",
          "orders", "1500",
          "connections", "16",
          "levels", "1,4,16,64,256",
          "grown", "0");
  private static final Set<String> TEXTS =
      Set.of(
          "database", "broker", "only", "compare", "json", "svg", "users", "products", "customer");

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with words for whoever wrote them
   */
  static Options of(List<String> arguments) {
    var given = new HashMap<>(DEFAULTS);
    var compared = new ArrayList<Path>();
    for (int i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i).replaceFirst("^--", "");
      if (!arguments.get(i).startsWith("--") || !known(name)) {
        throw new IllegalArgumentException("Unknown argument: " + arguments.get(i));
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("--" + name + " without a value");
      }
      if (name.equals("compare")) {
        compared.add(path(arguments.get(i + 1)));
      }
      given.put(name, arguments.get(i + 1));
    }
    return new Options(
        words(given, "database", List.of("h2", "postgres")),
        words(given, "broker", List.of("embedded", "rabbitmq")).stream().findFirst(),
        parts(given),
        List.copyOf(compared),
        Math.max(1, number(given, "rounds")),
        number(given, "warm-up"),
        Math.max(1, number(given, "requests")),
        Math.max(1, number(given, "orders")),
        Math.max(1, number(given, "connections")),
        numbers(given.get("levels"), "levels"),
        number(given, "grown"),
        number(given, "users", number(given, "grown") / 5),
        number(given, "products", number(given, "grown") / 20),
        number(given, "customer", number(given, "grown") / 20),
        Optional.ofNullable(given.get("json")).map(Options::path),
        Optional.ofNullable(given.get("svg")).map(Options::path));
  }

  /** As whoever called wrote it, who was in another folder. */
  private static Path path(String text) {
    return Path.of(System.getProperty("emporion.called.in", "")).resolve(text).toAbsolutePath();
  }

  private static boolean known(String name) {
    return DEFAULTS.containsKey(name) || TEXTS.contains(name);
  }

  private static Set<String> parts(Map<String, String> given) {
    var wanted = words(given, "only", PARTS);
    return new LinkedHashSet<>(wanted.isEmpty() ? PARTS : wanted);
  }

  private static List<String> words(Map<String, String> given, String name, List<String> allowed) {
    if (!given.containsKey(name)) {
      return List.of();
    }
    var words = List.of(given.get(name).split(","));
    if (!allowed.containsAll(words)) {
      throw new IllegalArgumentException(
          "--%s %s: one or more of %s".formatted(name, given.get(name), String.join(",", allowed)));
    }
    return words;
  }

  private static List<Integer> numbers(String text, String name) {
    return Stream.of(text.split(",")).map(each -> Math.max(1, number(each, name))).toList();
  }

  private static int number(Map<String, String> given, String name) {
    return number(given.get(name), name);
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    return given.containsKey(name) ? number(given, name) : otherwise;
  }

  private static int number(String text, String name) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("--%s %s: a whole number".formatted(name, text));
    }
    return Integer.parseInt(text);
  }

  boolean wants(String part) {
    return parts.contains(part);
  }

  /** The reads among the parts. */
  List<Work> reads() {
    return Arrays.stream(Work.values())
        .filter(work -> work != Work.ORDER && wants(work.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** What goes with a database where nothing is said. */
  String broker(String database) {
    return broker.orElse(database.equals("postgres") ? "rabbitmq" : "embedded");
  }
}
