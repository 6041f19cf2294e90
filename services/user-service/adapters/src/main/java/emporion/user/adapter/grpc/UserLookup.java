package emporion.user.adapter.grpc;

import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Where the endpoint finds the users that it shows. The service has the one implementation. */
public interface UserLookup {

  /**
   * The user with this id.
   *
   * @param caller who asks, verified
   * @return empty where there is no such user, or none that the caller may see
   */
  Optional<Found> find(UUID id, JsonWebToken caller);

  /** A user as far as {@code user.v1.User} tells of one. */
  record Found(UUID id, String username, String email, boolean active) {}
}
