package emporion.order.story.control;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import emporion.order.story.entity.Entry;
import emporion.order.story.entity.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * In which traces neighbours did what they tell of. They do not write that down, but whatever moved
 * them did: a step of this service moves stock, money tells of itself by an event, and an event is
 * what a mail is written for. Where there is not one for each, it is not known.
 */
final class TraceIds {
  private final Map<String, List<String>> causes;
  private final Map<String, Long> effects;

  private TraceIds(List<Entry> entries) {
    causes =
        entries.stream()
            .filter(entry -> entry.part() == Part.ORDER || entry.part() == Part.EVENT)
            .filter(entry -> entry.traceId() != null)
            .collect(groupingBy(Entry::what, mapping(Entry::traceId, toList())));
    effects =
        entries.stream()
            .map(TraceIds::cause)
            .filter(Objects::nonNull)
            .collect(groupingBy(cause -> cause, counting()));
  }

  /** The same entries, in their traces as far as these are known. */
  static List<Entry> added(List<Entry> entries) {
    return new TraceIds(entries).addedTo(entries);
  }

  private List<Entry> addedTo(List<Entry> entries) {
    var left = new HashMap<String, Iterator<String>>();
    var told = new ArrayList<Entry>();
    for (var entry : entries) {
      var cause = cause(entry);
      told.add(cause == null ? entry : entry.in(next(left.computeIfAbsent(cause, this::traces))));
    }
    return told;
  }

  private Iterator<String> traces(String cause) {
    var known = causes.getOrDefault(cause, List.of());
    return known.size() == effects.get(cause) ? known.iterator() : List.<String>of().iterator();
  }

  private static String next(Iterator<String> traces) {
    return traces.hasNext() ? traces.next() : null;
  }

  /** The step or the event behind it; null where it tells its trace itself. */
  private static String cause(Entry entry) {
    return switch (entry.part()) {
      case STOCK -> step(entry.outcome());
      case PAYMENT -> event(entry);
      case MAIL -> entry.what();
      default -> null;
    };
  }

  private static String step(String status) {
    return switch (status) {
      case "reserved", "refused" -> "reserve";
      case "committed" -> "confirm";
      default -> "release";
    };
  }

  private static String event(Entry entry) {
    return switch (entry.what()) {
      case "charge" -> entry.outcome().equals("declined") ? "payment_declined" : "payment_captured";
      case "void" -> "payment_voided";
      default -> "payment_refunded";
    };
  }
}
