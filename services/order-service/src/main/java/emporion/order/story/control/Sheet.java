package emporion.order.story.control;

import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.story.control.Question.NoAnswer;
import emporion.order.story.entity.Entry;
import emporion.order.story.entity.Part;
import emporion.order.story.entity.Story;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What one story is written on. */
final class Sheet {
  private static final Logger LOG = System.getLogger(Sheet.class.getName());

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Set<Part>> missing = new TreeMap<>();
  private final Set<Part> shortened = EnumSet.noneOf(Part.class);
  private final int most;
  private final long deadline;

  /**
   * An empty one.
   *
   * @param most where there are as many of a part from one service, there may be more
   * @param deadline by {@link System#nanoTime}
   */
  Sheet(int most, long deadline) {
    this.most = most;
    this.deadline = deadline;
  }

  /** Waits for an answer; where there is none, its parts are missing. */
  <T> Optional<T> answer(Question<T> question, String service, Part... parts) {
    try {
      return Optional.of(question.by(deadline));
    } catch (NoAnswer e) {
      LOG.log(Level.INFO, "A story goes without " + service + ": " + e.getCause());
      missing.computeIfAbsent(service, it -> EnumSet.noneOf(Part.class)).addAll(Set.of(parts));
      return Optional.empty();
    }
  }

  /** Adds what one service tells, which is in order of time. */
  void write(List<Entry> told) {
    entries.addAll(told);
    if (told.size() >= most) {
      shorten(told.getFirst().part());
    }
  }

  /** There may be more of a part. */
  void shorten(Part part) {
    shortened.add(part);
  }

  /** All of it, in order of time; what happened at once in order of the parts. */
  Story story(Order order, SagaStanding saga, String traceId) {
    var sorted =
        TraceIds.added(entries).stream()
            .sorted(Comparator.comparing(Entry::at).thenComparing(Entry::part))
            .toList();
    return new Story(order, saga, traceId, sorted, missing, shortened);
  }
}
