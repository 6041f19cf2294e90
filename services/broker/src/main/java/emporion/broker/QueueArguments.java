package emporion.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.model.Queue;

/**
 * The arguments of queue.declare: RabbitMQ's, as far as Qpid can do what they ask for. What it
 * can't is refused; hints on how RabbitMQ is to keep a queue, and what nobody knows, count for
 * nothing, as there.
 */
final class QueueArguments {
  private static final int MOST_PRIORITIES = 9;

  private QueueArguments() {}

  /** Fails with an {@link IllegalArgumentException} whose message is for the client. */
  static Map<String, Object> forQpid(Map<String, Object> given) {
    var told = new HashMap<String, Object>();
    given.forEach((name, value) -> tell(name, value, told));
    return told;
  }

  private static void tell(String name, Object value, Map<String, Object> told) {
    switch (name) {
      case "x-queue-type" -> require("classic", name, value);
      case "x-overflow" -> require("drop-head", name, value);
      // 0 would be no limit for Qpid; within a millisecond nobody can tell.
      case "x-message-ttl" -> told.put(Queue.MAXIMUM_MESSAGE_TTL, Math.max(1, number(name, value)));
      case "x-max-length" -> limit(Queue.MAXIMUM_QUEUE_DEPTH_MESSAGES, number(name, value), told);
      case "x-max-length-bytes" ->
          limit(Queue.MAXIMUM_QUEUE_DEPTH_BYTES, number(name, value), told);
      case "x-max-priority" -> told.put("x-qpid-priorities", priorities(name, value));
      case "x-single-active-consumer" -> told.put(name, value);
      case "x-dead-letter-exchange",
          "x-dead-letter-routing-key",
          "x-dead-letter-strategy",
          "x-expires" ->
          throw refused(name, value, "RabbitMQ does this");
      default -> {
        // x-queue-mode, x-queue-version and the like
      }
    }
  }

  private static void require(String only, String name, Object value) {
    if (!only.equals(String.valueOf(value))) {
      throw refused(name, value, "only '" + only + "' is known");
    }
  }

  private static long number(String name, Object value) {
    if (value instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    throw refused(name, value, "it must be a number from 0");
  }

  private static void limit(String depth, long most, Map<String, Object> told) {
    told.put(depth, most);
    told.put("qpid.policy_type", "RING");
  }

  /** Ten of them are what Qpid tells apart without shifting: 0 to 9. */
  private static int priorities(String name, Object value) {
    if (number(name, value) > MOST_PRIORITIES) {
      throw refused(name, value, "it must be at most " + MOST_PRIORITIES);
    }
    return MOST_PRIORITIES + 1;
  }

  /**
   * A queue that is there is what its first declaration made of it.
   *
   * @param described the arguments of this declaration, null for none
   */
  static void requireSame(Queue<?> there, boolean durable, String described) {
    if (there.isDurable() != durable) {
      throw inequivalent("durable", there, durable, there.isDurable());
    }
    if (!Objects.equals(there.getDescription(), described)) {
      throw inequivalent("arguments", there, described, there.getDescription());
    }
  }

  private static IllegalArgumentException inequivalent(
      String what, Queue<?> queue, Object received, Object current) {
    return new IllegalArgumentException(
        "inequivalent arg '%s' for queue '%s': received '%s' but current is '%s'"
            .formatted(what, queue.getName(), received, current));
  }

  private static IllegalArgumentException refused(String name, Object value, String why) {
    return new IllegalArgumentException(
        "the embedded broker does not take the argument %s='%s': %s".formatted(name, value, why));
  }
}
