package emporion.benchmark;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a PostgreSQL's log says was executed. */
final class Statements {
  /** A statement, whose further lines begin with a tab. */
  private static final String ENTRY =
      "(?m)^%s([^:\\n]*): LOG:  (?:execute [^:\\n]*|statement): (.*(?:\\n\\t.*)*)";

  private static final String DURATION = "(?m)^%s([^:\\n]*): LOG:  duration: ([0-9.]+) ms";

  private Statements() {}

  /**
   * How often each was executed, by database and text.
   *
   * @param prefix of each entry, before the database's name
   */
  static Map<String, Map<String, Integer>> read(String log, String prefix) {
    var counts = new TreeMap<String, Map<String, Integer>>();
    Pattern.compile(ENTRY.formatted(Pattern.quote(prefix)))
        .matcher(log)
        .results()
        .filter(found -> !found.group(1).equals("postgres"))
        .forEach(
            found ->
                counts
                    .computeIfAbsent(found.group(1), database -> new TreeMap<>())
                    .merge(found.group(2).replaceAll("\\s+", " ").strip(), 1, Integer::sum));
    return counts;
  }

  /** Milliseconds of the longest one; 0 for none. */
  static double slowest(String log, String prefix) {
    return Pattern.compile(DURATION.formatted(Pattern.quote(prefix)))
        .matcher(log)
        .results()
        .filter(found -> !found.group(1).equals("postgres"))
        .mapToDouble(found -> Double.parseDouble(found.group(2)))
        .max()
        .orElse(0);
  }
}
