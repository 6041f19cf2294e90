package emporion.order.story.entity;

import java.time.Instant;
import java.util.UUID;

/**
 * One thing that happened.
 *
 * @param at by the clock of the service that tells of it
 * @param outcomeAt when it came to its outcome, or to the latest of several; null where that was at
 *     once or is to come
 * @param detail for people; null where there is nothing to add
 * @param by who did it: a subject, an operator's name, or a consumer; null where that is nobody
 * @param attempts null where there is but one
 * @param nextAttemptAt null where none is to come
 * @param eventId null where it is about no event
 * @param traceId of the request behind it; null where that is not known
 */
public record Entry(
    Instant at,
    String service,
    Part part,
    String what,
    String outcome,
    Instant outcomeAt,
    String detail,
    String by,
    Integer attempts,
    Instant nextAttemptAt,
    UUID eventId,
    String traceId) {
  /** Nothing but the least. */
  public static Entry of(Instant at, String service, Part part, String what, String outcome) {
    return new Entry(at, service, part, what, outcome, null, null, null, null, null, null, null);
  }

  /** The same, which took until then. */
  public Entry until(Instant end) {
    return new Entry(
        at,
        service,
        part,
        what,
        outcome,
        end,
        detail,
        by,
        attempts,
        nextAttemptAt,
        eventId,
        traceId);
  }

  /** The same, in more words, and done by somebody; each may be null. */
  public Entry told(String words, String who) {
    return new Entry(
        at,
        service,
        part,
        what,
        outcome,
        outcomeAt,
        words,
        who,
        attempts,
        nextAttemptAt,
        eventId,
        traceId);
  }

  /** The same, tried so often; the next attempt may be null. */
  public Entry tried(Integer times, Instant next) {
    return new Entry(
        at, service, part, what, outcome, outcomeAt, detail, by, times, next, eventId, traceId);
  }

  /** The same, about an event. */
  public Entry about(UUID event) {
    return new Entry(
        at,
        service,
        part,
        what,
        outcome,
        outcomeAt,
        detail,
        by,
        attempts,
        nextAttemptAt,
        event,
        traceId);
  }

  /** The same, in a trace; null where that is not known. */
  public Entry in(String trace) {
    return new Entry(
        at,
        service,
        part,
        what,
        outcome,
        outcomeAt,
        detail,
        by,
        attempts,
        nextAttemptAt,
        eventId,
        trace);
  }
}
