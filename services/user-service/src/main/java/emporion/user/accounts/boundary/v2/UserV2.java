package emporion.user.accounts.boundary.v2;

import emporion.user.accounts.entity.User;
import java.time.Instant;
import java.util.UUID;

/** A user as version 2 shows it. */
public record UserV2(
    UUID userId,
    String version,
    String username,
    String emailAddress,
    String role,
    boolean active,
    Instant registeredAt) {
  /** Of the API, for clients that handle several. */
  private static final String VERSION = "v2";

  static UserV2 from(User user) {
    return new UserV2(
        user.id(),
        VERSION,
        user.username(),
        user.email(),
        user.role().wire(),
        user.active(),
        user.registeredAt());
  }
}
