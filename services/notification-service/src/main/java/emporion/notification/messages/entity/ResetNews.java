package emporion.notification.messages.entity;

import java.util.Objects;
import java.util.UUID;

/** Somebody, perhaps the user, asks for a link by which a new password is set. */
public record ResetNews(UUID resetId, UUID userId) {

  /** Refuses news that lacks what a mail needs. */
  public ResetNews {
    Objects.requireNonNull(resetId, "reset_id");
    Objects.requireNonNull(userId, "user_id");
  }
}
