package emporion.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What all meters say at a moment, or the difference of two moments.
 *
 * @param cpu by process
 * @param counts of databases and files, by what is counted
 */
record Reading(Map<String, Cpu> cpu, Map<String, Double> counts) {
  /** What was used since an earlier one. */
  Reading since(Reading earlier) {
    return new Reading(
        merged(cpu, earlier.cpu, Cpu::minus, new LinkedHashMap<>()),
        merged(counts, earlier.counts, (now, then) -> now - then, new TreeMap<>()));
  }

  private static <T> Map<String, T> merged(
      Map<String, T> now, Map<String, T> then, BinaryOperator<T> minus, Map<String, T> into) {
    now.forEach(
        (name, v) -> into.put(name, then.containsKey(name) ? minus.apply(v, then.get(name)) : v));
    return into;
  }

  /** The share of one of so many. */
  Reading by(double count) {
    var each = new LinkedHashMap<String, Cpu>();
    cpu.forEach((name, used) -> each.put(name, used.by(count)));
    var counted = new TreeMap<String, Double>();
    counts.forEach((name, number) -> counted.put(name, number / count));
    return new Reading(each, counted);
  }

  Cpu all() {
    return cpu.values().stream().reduce(Cpu.NONE, Cpu::plus);
  }
}
