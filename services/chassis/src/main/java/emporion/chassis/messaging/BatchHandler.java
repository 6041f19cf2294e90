package emporion.chassis.messaging;

import java.util.List;

/**
 * A consumer of events whose effect is idempotent by itself, so that no {@link Inbox} has to
 * remember them, and that takes those that wait together by a few statements, however many they
 * are.
 */
public interface BatchHandler extends EventHandler {

  /**
   * Takes several events in one transaction of its own, all of them or none; where it throws, they
   * come again one by one.
   *
   * @param events at least one; those of one subject in order
   */
  void on(List<Event> events);

  @Override
  default void on(Event event) {
    on(List.of(event));
  }
}
