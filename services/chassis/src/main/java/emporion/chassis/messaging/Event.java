package emporion.chassis.messaging;

import emporion.chassis.json.Json;
import emporion.chassis.telemetry.Trace;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that has happened, as CloudEvents 1.0 describes it.
 *
 * @param id unique; the same however often the event arrives
 * @param type a past tense in snake_case: {@code order_created}
 * @param subject the id of the aggregate that it happened to
 * @param version the aggregate's version; events of one subject arrive in its order
 * @param time when it happened
 * @param trace of the request behind it
 * @param data JSON
 */
public record Event(
    UUID id, String type, String subject, long version, Instant time, Trace trace, String data) {

  /** The data as a record; members that the record does not know are passed over. */
  public <T> T as(Class<T> shape) {
    return Json.read(data, shape);
  }
}
