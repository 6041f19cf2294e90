package emporion.notification.messages.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which notifications are meant; what is empty does not matter.
 *
 * @param from written then or later
 * @param to written before
 */
public record NotificationFilter(
    Optional<Status> status,
    Optional<Channel> channel,
    Optional<Kind> kind,
    Optional<Failure> failure,
    Optional<UUID> userId,
    Optional<UUID> orderId,
    Optional<Instant> from,
    Optional<Instant> to) {}
