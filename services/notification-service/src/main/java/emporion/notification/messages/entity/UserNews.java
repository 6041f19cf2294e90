package emporion.notification.messages.entity;

import java.util.Objects;
import java.util.UUID;

/** What the user service says of a user; name and address are null once the user is erased. */
public record UserNews(UUID userId, String username, String email) {

  /** Refuses news about nobody. */
  public UserNews {
    Objects.requireNonNull(userId, "user_id");
  }
}
