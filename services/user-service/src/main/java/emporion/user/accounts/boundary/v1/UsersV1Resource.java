package emporion.user.accounts.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Representation;
import emporion.user.accounts.boundary.UsersResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the users' paths. */
@DeprecatedVersion
@Path("/v1/users")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class UsersV1Resource extends UsersResource<NewUserV1, SelfChangeV1, AdminChangeV1> {
  UsersV1Resource() {
    super(new Representation<>("v1", UserV1::from));
  }
}
