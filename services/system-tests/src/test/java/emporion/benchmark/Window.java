package emporion.benchmark;

import emporion.benchmark.Load.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A stretch of work, and what one request of it took.
 *
 * @param phase of the life of its processes, as "first 300"
 * @param failures by status or by what went wrong instead of an answer
 * @param perSecond good answers
 * @param each what a request used, whether or not it was answered well
 * @param least of the rounds of which this is the middle one, microseconds of all processes
 * @param most of them
 */
record Window(
    String subject,
    Work work,
    String phase,
    int connections,
    int requests,
    Map<String, Integer> failures,
    double perSecond,
    double p50Millis,
    double p99Millis,
    Reading each,
    double least,
    double most) {

  /** What is done. */
  record Title(Work work, String phase, int connections) {}

  static Window of(String subject, Title title, Outcome outcome, Reading each) {
    checkSense(outcome);
    return new Window(
        subject,
        title.work(),
        title.phase(),
        title.connections(),
        outcome.requests(),
        outcome.failures(),
        outcome.perSecond(),
        outcome.millis(50),
        outcome.millis(99),
        each,
        each.all().all(),
        each.all().all());
  }

  /** Those that fail are a finding; where all do, there is no other. */
  static void checkSense(Outcome outcome) {
    if (outcome.failed() == outcome.requests()) {
      throw new IllegalStateException("All requests failed" + told(outcome.failures()));
    }
  }

  /** The one in the middle, with the least and the most of all. */
  static Window middle(List<Window> rounds) {
    var middle = Numbers.median(rounds, Window::micros);
    var all = rounds.stream().mapToDouble(Window::micros).summaryStatistics();
    return new Window(
        middle.subject,
        middle.work,
        middle.phase,
        middle.connections,
        middle.requests,
        middle.failures,
        middle.perSecond,
        middle.p50Millis,
        middle.p99Millis,
        middle.each,
        all.getMin(),
        all.getMax());
  }

  /** Of all processes. */
  double micros() {
    return each.all().all();
  }

  static String told(Map<String, Integer> failures) {
    return failures.isEmpty()
        ? ""
        : failures.entrySet().stream()
            .map(it -> it.getValue() + " x " + it.getKey())
            .collect(Collectors.joining(", ", "; failed: ", ""));
  }

  String line() {
    return String.format(
            Locale.ROOT,
            "%-28s %-16s %3d conn. %7d %9.0f us %8.0f/s %8.1f ms %8.1f ms",
            work.title(),
            phase,
            connections,
            requests,
            micros(),
            perSecond,
            p50Millis,
            p99Millis)
        + told(failures);
  }
}
