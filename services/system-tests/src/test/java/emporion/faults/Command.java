package emporion.faults;

import emporion.faults.FaultRun.Report;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** Behind {@code services/system-tests/faults}, which says what the arguments are. */
final class Command {
  private Command() {}

  /** Ends with 0 where all is as it should be. */
  public static void main(String[] arguments) throws Exception {
    var given = new HashMap<String, String>();
    for (int i = 1; i < arguments.length; i += 2) {
      given.put(arguments[i], arguments[i + 1]);
    }
    var plan = Plan.of(given);
    boolean fine =
        switch (arguments[0]) {
          case "mutations" -> mutations(plan, rules(given.get("--rule")));
          case "figures" -> Figures.take(plan);
          default -> run(plan).violations().isEmpty();
        };
    System.exit(fine ? 0 : 1);
  }

  private static Report run(Plan plan) throws Exception {
    System.out.println(plan);
    try (var run = new FaultRun(plan)) {
      var report = run.run();
      print(report);
      return report;
    }
  }

  private static void print(Report report) {
    System.out.printf(
        "orders      %d, %d a second, requests %d%n",
        report.orders(),
        report.orders() / Math.max(1, report.shopping().toSeconds()),
        report.requests());
    report
        .faults()
        .forEach((kind, times) -> System.out.println("fault       " + times + " " + kind));
    System.out.println("recovery    " + spread(report.recovery()));
    System.out.println("placing     " + spread(report.placing()));
    System.out.println("violations  " + report.violations().size());
    report.violations().forEach(words -> System.out.println("  " + words));
  }

  static String spread(List<Duration> sorted) {
    if (sorted.isEmpty()) {
      return "none";
    }
    return "median %d ms, 99%% %d ms, most %d ms, of %d"
        .formatted(
            sorted.get(sorted.size() / 2).toMillis(),
            sorted.get(sorted.size() * 99 / 100).toMillis(),
            sorted.getLast().toMillis(),
            sorted.size());
  }

  private static Set<Mutation> rules(String name) {
    return name == null ? EnumSet.allOf(Mutation.class) : EnumSet.of(Mutation.valueOf(name));
  }

  /** The rules must not be missed while they are there, and each of them once it is taken out. */
  private static boolean mutations(Plan plan, Set<Mutation> rules) throws Exception {
    int without = run(plan.provoking(null)).violations().size();
    boolean fine = without == 0;
    var lines = new StringBuilder(line("all rules", without, fine ? "holds" : "DOES NOT HOLD"));
    for (var rule : rules) {
      int found = run(plan.provoking(rule)).violations().size();
      fine &= found > 0;
      lines.append(line(rule + " out", found, found > 0 ? "found" : "NOT FOUND"));
    }
    System.out.print(lines);
    return fine;
  }

  private static String line(String what, int violations, String verdict) {
    return "%-26s %5d violations  %s%n".formatted(what, violations, verdict);
  }
}
