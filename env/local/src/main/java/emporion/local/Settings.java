package emporion.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of {@code settings.env}, where the environment does not say otherwise. */
public final class Settings {
  private static final String OWN = "LOCAL_";

  private final Map<String, String> written;
  private final Map<String, String> environment;
  private final Services services;
  private final Map<String, String> values;

  private Settings(
      Map<String, String> written, Map<String, String> environment, Services services) {
    this.written = written;
    this.environment = environment;
    this.services = services;
    this.values = filled(Map.of());
  }

  private Map<String, String> filled(Map<String, Integer> instances) {
    var filled = new HashMap<String, String>();
    written.forEach((name, value) -> filled.put(name, services.fill(value, instances)));
    filled.putAll(environment);
    return filled;
  }

  /** What a file and the environment say, with the ports of these services. */
  public static Settings read(Path file, Map<String, String> environment, Services services) {
    return new Settings(Pairs.read(file), environment, services);
  }

  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** A whole number. */
  public int number(String name) {
    return number(name, text(name));
  }

  static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Failure(name + " is no number: " + text);
    }
  }

  Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  /** The options of every service's virtual machine. */
  List<String> javaFlags() {
    return List.of(text("LOCAL_JAVA_FLAGS").strip().split("\\s+"));
  }

  /**
   * The environment of every service.
   *
   * @param instances of services that have more than one, by name
   */
  Map<String, String> environment(Map<String, Integer> instances) {
    var given = filled(instances);
    given.keySet().removeIf(name -> name.startsWith(OWN));
    return given;
  }
}
