package emporion.local;

import java.util.Map;

/** A process of the shop that is started and waited for. */
interface Member {
  String name();

  /** Where it listens, by variable. */
  Map<String, Integer> ports();

  /** Finds what it needs, before anything is started. */
  default void prepare() {}

  Process start();

  boolean isReady();

  /** Whether there is another way to start it, after it has died of this one. */
  default boolean startsOtherwise() {
    return false;
  }
}
