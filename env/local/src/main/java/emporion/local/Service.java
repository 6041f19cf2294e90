package emporion.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An instance of what a line of {@code services.conf} tells of.
 *
 * @param number 1 for the first, which alone most shops have
 * @param ports by the environment variable that the service reads each from, as they stand there
 */
public record Service(
    String name,
    int number,
    Map<String, Integer> ports,
    String health,
    String heap,
    Set<String> needs,
    List<String> flags) {
  /** As many as the ports leave room for. */
  static final int MOST_INSTANCES = 9;

  private static final int BETWEEN_INSTANCES = 10;

  static Service of(String line, int shift) {
    var columns = line.split("\\s+", 6);
    if (columns.length < 5) {
      throw new Failure("services.conf: " + columns[0] + " has too few columns");
    }
    return new Service(
        columns[0],
        1,
        ports(columns[1], shift),
        columns[2],
        columns[3],
        Set.of(columns[4].split(",")),
        columns.length < 6 ? List.of() : List.of(columns[5].split("\\s+")));
  }

  private static Map<String, Integer> ports(String column, int shift) {
    var ports = new LinkedHashMap<String, Integer>();
    for (var pair : column.split(",")) {
      var parts = pair.split("=", 2);
      ports.put(parts[0], Integer.parseInt(parts[1]) + shift);
    }
    return ports;
  }

  /**
   * Another instance, whose ports are ten higher each time: the table's ports leave room for nine
   * of each.
   */
  Service instance(int other) {
    var own = new LinkedHashMap<>(ports);
    own.replaceAll((variable, port) -> port + BETWEEN_INSTANCES * (other - number));
    return new Service(name, other, own, health, heap, needs, flags);
  }

  /** What its process is called. */
  public String process() {
    return number == 1 ? name : name + "-" + number;
  }

  /** Where it tells of its health, and gives its metrics. */
  public int healthPort() {
    return ports.values().iterator().next();
  }

  int port(String variable) {
    return ports.get(variable);
  }

  boolean needs(String what) {
    return needs.contains(what);
  }

  /** Its database and the user of it, where that is no file. */
  String database() {
    return name.replace('-', '_');
  }

  /** As part of an environment variable's name. */
  String asVariable() {
    return database().toUpperCase(Locale.ROOT);
  }
}
