package emporion.user.accounts.boundary.v2;

import emporion.chassis.http.Representation;
import emporion.user.accounts.boundary.UsersResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the users' paths. */
@Path("/v2/users")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class UsersV2Resource extends UsersResource<NewUserV2, SelfChangeV2, AdminChangeV2> {
  UsersV2Resource() {
    super(new Representation<>("v2", UserV2::from));
  }
}
