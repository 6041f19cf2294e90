package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  /** The instance that a process is, if it is one of these. */
  public Optional<Service> instance(String process) {
    return allInstances().filter(instance -> instance.process().equals(process)).findFirst();
  }

  /** All that there may ever be. */
  Stream<Service> allInstances() {
    return all.stream()
        .flatMap(
            service ->
                IntStream.rangeClosed(1, Service.MOST_INSTANCES).mapToObj(service::instance));
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

  /** All instances, where there are more than one of some. */
  List<Service> instances(Map<String, Integer> numbers) {
    return all.stream()
        .flatMap(
            service ->
                IntStream.rangeClosed(1, numbers.getOrDefault(service.name(), 1))
                    .mapToObj(service::instance))
        .toList();
  }

  /**
   * A text with each {service}, {VARIABLE} and {service.VARIABLE} replaced by its port, and each
   * {service+} and {service.VARIABLE+} by the address of all its instances: a list where there are
   * several.
   *
   * @param numbers of instances, by service, of those that have more than one
   */
  String fill(String text, Map<String, Integer> numbers) {
    var ports = byPlace(all);
    return PLACE.matcher(text).replaceAll(found -> replacement(found, ports, numbers));
  }

  String fill(String text) {
    return fill(text, Map.of());
  }

  private String replacement(
      MatchResult found, Map<String, Integer> ports, Map<String, Integer> numbers) {
    var place = found.group(1);
    var filled = place.endsWith("+") ? address(place, numbers) : portOf(place, ports);
    return Matcher.quoteReplacement(filled.isEmpty() ? found.group() : filled);
  }

  private static String portOf(String place, Map<String, Integer> ports) {
    return ports.containsKey(place) ? ports.get(place).toString() : "";
  }

  private String address(String place, Map<String, Integer> numbers) {
    var name = place.substring(0, place.length() - 1);
    var all =
        instances(numbers).stream()
            .map(instance -> byPlace(List.of(instance)))
            .filter(ports -> ports.containsKey(name))
            .map(ports -> "127.0.0.1:" + ports.get(name))
            .toList();
    return switch (all.size()) {
      case 0 -> "";
      case 1 -> "http://" + all.getFirst();
      default -> "stork://" + String.join(",", all);
    };
  }

  private static Map<String, Integer> byPlace(List<Service> services) {
    var ports = new HashMap<String, Integer>();
    for (var service : services) {
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
