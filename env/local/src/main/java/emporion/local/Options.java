package emporion.local;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How up is called.
 *
 * @param choices what else is chosen, by flag
 * @param instances how many of a service, by its name
 */
record Options(
    boolean detach,
    boolean fresh,
    boolean help,
    Map<String, String> choices,
    Map<String, Integer> instances) {
  private static final String SCALE = "--scale";
  private static final Pattern INSTANCES = Pattern.compile("([a-z-]+)=([1-9])");
  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "--database", List.of("h2", "postgres"),
          "--broker", List.of("embedded", "rabbitmq"),
          "--observe", List.of("on", "off"));

  /** Of a command's arguments; {@code --database=h2} is {@code --database h2}. */
  static Options of(List<String> arguments, String usage) {
    boolean detach = false;
    boolean fresh = false;
    var choices = new HashMap<String, String>();
    var instances = new HashMap<String, Integer>();
    for (var each = arguments.iterator(); each.hasNext(); ) {
      var argument = each.next();
      switch (argument) {
        case "--detach" -> detach = true;
        case "--fresh" -> fresh = true;
        case "--observe" -> choices.put("--observe", "on");
        case "-h", "--help" -> {
          return new Options(detach, fresh, true, choices, instances);
        }
        default -> {
          if (argument.equals(SCALE) || argument.startsWith(SCALE + "=")) {
            scale(argument, each, instances, usage);
          } else {
            choose(argument, each, choices, usage);
          }
        }
      }
    }
    return new Options(detach, fresh, false, choices, instances);
  }

  private static void scale(
      String argument, Iterator<String> more, Map<String, Integer> instances, String usage) {
    var given = argument.substring(SCALE.length());
    var value = given.isEmpty() && more.hasNext() ? "=" + more.next() : given;
    var wanted = INSTANCES.matcher(value.replaceFirst("^=", ""));
    if (!wanted.matches()) {
      throw Failure.unknown(SCALE + value, usage);
    }
    instances.put(wanted.group(1), Integer.valueOf(wanted.group(2)));
  }

  private static void choose(
      String argument, Iterator<String> more, Map<String, String> choices, String usage) {
    var pair = argument.split("=", 2);
    boolean isKnown = CHOICES.containsKey(pair[0]);
    var value = "";
    if (pair.length > 1) {
      value = pair[1];
    } else if (isKnown && more.hasNext()) {
      value = more.next();
    }
    if (!isKnown || !CHOICES.get(pair[0]).contains(value)) {
      throw Failure.unknown(isKnown ? pair[0] + "=" + value : argument, usage);
    }
    choices.put(pair[0], value);
  }
}
