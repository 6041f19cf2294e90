package emporion.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of {@code settings.env}, where the environment does not say otherwise. */
public final class Settings {
  private static final String OWN = "LOCAL_";

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** What a file and the environment say, with the ports of these services. */
  public static Settings read(Path file, Map<String, String> environment, Services services) {
    var values = new HashMap<String, String>();
    Pairs.read(file).forEach((name, value) -> values.put(name, services.fill(value)));
    values.putAll(environment);
    return new Settings(values);
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

  /** The environment of every service. */
  Map<String, String> environment() {
    var environment = new HashMap<>(values);
    environment.keySet().removeIf(name -> name.startsWith(OWN));
    return environment;
  }
}
