package emporion.user.accounts.boundary.v2;

import emporion.user.accounts.entity.User;
import java.time.Instant;
import java.util.UUID;

/** A user as version 2 shows it. */
public record UserV2(
    UUID userId,
    String username,
    String emailAddress,
    String role,
    boolean active,
    Instant registeredAt) {
  static UserV2 from(User user) {
    return new UserV2(
        user.id(),
        user.username(),
        user.email(),
        user.role().wire(),
        user.active(),
        user.registeredAt());
  }
}
