package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code services.conf}.
 *
 * @param all in the order in which they start: the first is the broker, the last the gateway
 */
public record Services(List<Service> all) {
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");

  /** The table as it stands in a file, each port moved by a number. */
  public static Services read(Path file, int shift) {
    try (var lines = Files.lines(file)) {
      return new Services(
          lines
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> Service.of(line, shift))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Service broker() {
    return all.getFirst();
  }

  Service gateway() {
    return all.getLast();
  }

  /** The service of a name. */
  public Service get(String name) {
    return all.stream().filter(service -> service.name().equals(name)).findFirst().orElseThrow();
  }

  public List<String> names() {
    return all.stream().map(Service::name).toList();
  }

  /** Those that are given something. */
  List<Service> needing(String what) {
    return all.stream().filter(service -> service.needs(what)).toList();
  }

  /** A text with each {service}, {VARIABLE} and {service.VARIABLE} replaced by its port. */
  String fill(String text) {
    var ports = byPlace();
    return PLACE.matcher(text).replaceAll(found -> portOf(found, ports));
  }

  private static String portOf(MatchResult found, Map<String, Integer> ports) {
    var port = ports.get(found.group(1));
    return Matcher.quoteReplacement(port == null ? found.group() : port.toString());
  }

  private Map<String, Integer> byPlace() {
    var ports = new HashMap<String, Integer>();
    for (var service : all) {
      service
          .ports()
          .forEach(
              (variable, port) -> {
                ports.putIfAbsent(variable, port);
                ports.put(service.name() + "." + variable, port);
                if (variable.equals("SERVER_PORT")) {
                  ports.put(service.name(), port);
                }
              });
    }
    return ports;
  }
}
