package emporion.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells findings: on the terminal, and as JSON. */
final class Report {
  private static final double MIB = 1 << 20;

  private final List<Findings> all;

  Report(List<Findings> all) {
    this.all = all;
  }

  void print() {
    for (var findings : all) {
      Terminal.say("%n%s", findings.subject());
      findings.starts().forEach((what, s) -> Terminal.say("  start of %-24s %8.1f s", what, s));
      findings.memory().forEach(Report::memory);
      findings.windows().forEach(Report::window);
      findings.statements().forEach(Report::statements);
      findings
          .lists()
          .forEach((page, ms) -> Terminal.say("  %8.2f ms, slowest statement of %s", ms, page));
    }
  }

  private static void memory(String moment, Map<String, Long> resident) {
    double sum = resident.values().stream().mapToLong(Long::longValue).sum();
    Terminal.say("  memory %s: %.0f MB%s", moment, sum / MIB, Report.<Long>listed(resident, MIB));
  }

  private static <T extends Number> String listed(Map<String, T> values, double unit) {
    var words = new StringBuilder();
    values.forEach(
        (name, value) -> words.append(", %s %.0f".formatted(name, value.doubleValue() / unit)));
    return words.toString();
  }

  private static void window(Window window) {
    Terminal.say("%n  %s", window.line());
    Terminal.say("    %-24s %10s %10s %10s", "microseconds", "user", "system", "all");
    var cpu = new LinkedHashMap<>(window.each().cpu());
    cpu.put("all", window.each().all());
    cpu.forEach(
        (name, used) ->
            Terminal.say(
                "    %-24s %10.0f %10.0f %10.0f", name, used.user(), used.system(), used.all()));
    if (window.least() < window.most()) {
      Terminal.say("    of the rounds' least and most: %.0f, %.0f", window.least(), window.most());
    }
    window.each().counts().forEach((what, count) -> Terminal.say("    %-38s %10.2f", what, count));
  }

  /** Those that begin and end transactions, and how many others there are. */
  private static void statements(String database, Map<String, Double> each) {
    var sums = new TreeMap<String, Double>();
    each.forEach((text, count) -> sums.merge(kind(text), count, Double::sum));
    Terminal.say("  statements of an order in %s:%s", database, listed(sums, 1).substring(1));
  }

  private static String kind(String text) {
    return text.matches("BEGIN.*|COMMIT|ROLLBACK") ? text.split(" ")[0] : "others";
  }

  /** All of it, with what the machine is. */
  void write(Path file) {
    var told = new LinkedHashMap<String, Object>();
    told.put("at", Instant.now().toString());
    told.put("processors", Runtime.getRuntime().availableProcessors());
    told.put("java", System.getProperty("java.runtime.version"));
    told.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    told.put("findings", all);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      mapper.writeValue(file.toFile(), told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Terminal.say("%n%s", file);
  }
}
