package emporion.user.accounts.boundary;

import emporion.user.accounts.control.AccountProvisioning;
import emporion.user.adapter.grpc.UserLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** {@code user.v1.UserService}: one's own account, and anybody's for those who look after them. */
@ApplicationScoped
public class GrpcUsers implements UserLookup {
  private static final Set<String> SEE_ANYBODY = Set.of("service", "support", "admin");

  private AccountProvisioning accounts;

  GrpcUsers() {}

  @Inject
  GrpcUsers(AccountProvisioning accounts) {
    this.accounts = accounts;
  }

  @Override
  public Optional<Found> find(UUID id, JsonWebToken caller) {
    return accounts
        .find(id, caller)
        .filter(user -> maySee(caller, id))
        .map(user -> new Found(user.id(), user.username(), user.email(), user.active()));
  }

  private static boolean maySee(JsonWebToken caller, UUID id) {
    return caller.getSubject().equals(id.toString())
        || !Collections.disjoint(caller.getGroups(), SEE_ANYBODY);
  }
}
