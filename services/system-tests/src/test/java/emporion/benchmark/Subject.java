package emporion.benchmark;

import java.util.Map;
import java.util.Optional;

/** Something that answers requests, and all that works for it. */
interface Subject extends AutoCloseable {
  String name();

  Processes processes();

  /** What databases and files tell of themselves, which only grows. */
  Map<String, Double> counts();

  /** Requests that can be sent for the next quarter of an hour; empty where there are none. */
  Optional<Load> load(Work work);

  /** Ends what the instrument has started, and leaves the rest. */
  @Override
  void close();
}
