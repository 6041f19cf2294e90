package emporion.notification.messages.entity;

import java.util.Objects;
import java.util.UUID;

/**
 * What the user service says of a user; name and address are null once the user is erased.
 *
 * @param role what the account may do besides shopping; null where nobody says
 * @param passwordChanged whether the password is another one than before; null where nobody says
 * @param roleChanged whether the role is another one than before; null where nobody says
 */
public record UserNews(
    UUID userId,
    String username,
    String email,
    String role,
    Boolean passwordChanged,
    Boolean roleChanged) {

  /** Refuses news about nobody. */
  public UserNews {
    Objects.requireNonNull(userId, "user_id");
  }
}
