package emporion.chassis.observation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Metrics as text that Prometheus and its {@code promtool} accept: version 0.0.4 of its format, or
 * OpenMetrics 1.0.
 *
 * <p>What the runtime writes has histograms with quantiles, names in camel case, times in
 * milliseconds and nanoseconds, gauges by the name of a count, and commas without a label behind
 * them.
 */
public final class Exposition {
  public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*?),?\\})? ([^ ]+)");
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  /** A label's name, at the begin or behind the quote that ends the value before it. */
  private static final Pattern LABEL = Pattern.compile("(?<=^|(?<!\\\\)\",)\\w+(?==\")");

  private static final Set<String> NO_NUMBERS = Set.of("NaN", "+Inf", "-Inf");

  private static final Map<String, Integer> UNITS =
      Map.of("_milliseconds", -3, "_microseconds", -6, "_nanoseconds", -9);

  private final Map<String, Family> families = new LinkedHashMap<>();

  private Exposition() {}

  /** Reads what the runtime has written. */
  public static Exposition of(String text) {
    var exposition = new Exposition();
    text.lines().forEach(exposition::read);
    return exposition;
  }

  private void read(String line) {
    if (line.startsWith("# HELP ")) {
      var parts = line.split(" ", 4);
      family(parts[2]).help = parts.length < 4 ? "" : parts[3].strip();
    } else if (line.startsWith("# TYPE ")) {
      var parts = line.split(" ", 4);
      family(parts[2]).type = parts[3];
    } else {
      sample(line);
    }
  }

  private Family family(String name) {
    return families.computeIfAbsent(name, Family::new);
  }

  private void sample(String line) {
    var parts = SAMPLE.matcher(line);
    if (parts.matches()) {
      var labels = parts.group(2) == null ? "" : snakeCased(parts.group(2));
      owner(parts.group(1)).add(parts.group(1), labels, parts.group(3));
    }
  }

  /** As Prometheus has the names of labels; those of Fault Tolerance are in camel case. */
  private static String snakeCased(String labels) {
    return LABEL.matcher(labels).replaceAll(name -> snakeCase(name.group()));
  }

  private static String snakeCase(String name) {
    return HUMP.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }

  private Family owner(String sample) {
    var known = families.get(sample);
    if (known != null) {
      return known;
    }
    return family(sample.replaceFirst("_(bucket|count|sum)$", ""));
  }

  /** In the text format, version 0.0.4. */
  public String text() {
    var out = new StringBuilder();
    families.values().forEach(family -> family.write(out, family.name));
    return out.toString();
  }

  /** In OpenMetrics 1.0.0, where a counter's family goes without {@code _total}. */
  public String openMetrics() {
    var out = new StringBuilder();
    for (var family : families.values()) {
      family.write(
          out,
          family.type.equals("counter") ? family.name.replaceFirst("_total$", "") : family.name);
    }
    return out.append("# EOF\n").toString();
  }

  private static final class Family {
    private final String origin;
    private final String unit;
    private final List<String[]> samples = new ArrayList<>();
    private String name;
    private String type = "unknown";
    private String help = "";

    Family(String origin) {
      this.origin = origin;
      unit = UNITS.keySet().stream().filter(origin::contains).findFirst().orElse("");
      name = unit.isEmpty() ? origin : origin.replace(unit, "_seconds");
      name = snakeCase(name);
    }

    void add(String sample, String labels, String value) {
      if (!type.equals("histogram") || !labels.contains("quantile=")) {
        samples.add(
            new String[] {sample.substring(origin.length()), labels, scaled(sample, value)});
      }
    }

    private String scaled(String sample, String value) {
      boolean time = !unit.isEmpty() && !sample.endsWith("_count");
      return time && !NO_NUMBERS.contains(value)
          ? new BigDecimal(value).scaleByPowerOfTen(UNITS.get(unit)).toString()
          : value;
    }

    void write(StringBuilder out, String title) {
      if (type.equals("gauge") && name.endsWith("_count")) {
        name = name.replaceFirst("_count$", "_current");
        write(out, name);
        return;
      }
      var words = help.isEmpty() ? title.replace('_', ' ') : help;
      out.append("# HELP ").append(title).append(' ').append(words).append('\n');
      out.append("# TYPE ").append(title).append(' ').append(type).append('\n');
      for (var sample : samples) {
        out.append(name).append(sample[0]);
        if (!sample[1].isEmpty()) {
          out.append('{').append(sample[1]).append('}');
        }
        out.append(' ').append(sample[2]).append('\n');
      }
    }
  }
}
