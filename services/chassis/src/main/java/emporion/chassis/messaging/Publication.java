package emporion.chassis.messaging;

import java.time.Instant;
import java.util.UUID;

/**
 * How far an event of this service has come on its way to the broker. It is kept for seven days
 * after it was sent.
 *
 * @param traceId of the request behind it; null where there was none
 * @param sentAt when the broker had confirmed it; null while it waits
 * @param refusals how often the broker has refused it
 * @param retryAt until then it waits after a refusal, and its aggregate's later ones with it; null
 *     where none holds it up
 */
public record Publication(
    UUID id,
    String type,
    String subject,
    long version,
    Instant occurredAt,
    String traceId,
    Instant sentAt,
    int refusals,
    Instant retryAt) {}
