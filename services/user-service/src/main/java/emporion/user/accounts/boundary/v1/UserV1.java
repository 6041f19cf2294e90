package emporion.user.accounts.boundary.v1;

import emporion.user.accounts.entity.User;
import java.time.Instant;
import java.util.UUID;

/** A user as version 1 shows it. */
public record UserV1(
    UUID id,
    String version,
    String username,
    String email,
    String role,
    boolean active,
    Instant registeredAt) {
  /** Of the API, for clients that handle several. */
  private static final String VERSION = "v1";

  static UserV1 from(User user) {
    return new UserV1(
        user.id(),
        VERSION,
        user.username(),
        user.email(),
        user.role().wire(),
        user.active(),
        user.registeredAt());
  }
}
