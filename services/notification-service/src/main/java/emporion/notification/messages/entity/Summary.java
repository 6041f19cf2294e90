package emporion.notification.messages.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A notification without its bodies, as lists show it. */
public record Summary(
    UUID id,
    UUID userId,
    Kind kind,
    String subject,
    Status status,
    Optional<UUID> orderId,
    Instant createdAt,
    Optional<Instant> sentAt) {}
