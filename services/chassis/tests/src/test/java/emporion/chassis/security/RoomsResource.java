package emporion.chassis.security;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Something to ask for in two versions, with each rule that there is. */
@RolesAllowed("keeper")
public abstract class RoomsResource {
  @Inject private JsonWebToken token;

  @GET
  @Path("/square")
  @PermitAll
  public String square() {
    return "subject " + token.getSubject() + ", groups " + token.getGroups();
  }

  @GET
  @Path("/hall")
  @RolesAllowed(Caller.SIGNED_IN)
  public String hall() {
    return token.getSubject();
  }

  @GET
  @Path("/store")
  public String store() {
    return token.getSubject();
  }

  @GET
  @Path("/cell")
  @DenyAll
  public String cell() {
    return token.getSubject();
  }

  /** Version 1 of it. */
  @ApplicationScoped
  @Path("/v1/rooms")
  @Produces(MediaType.TEXT_PLAIN)
  public static class RoomsV1Resource extends RoomsResource {
    @GET
    @Path("/forgotten")
    public String forgotten() {
      return "no rule stands here";
    }
  }

  /** Version 2 of it. */
  @ApplicationScoped
  @Path("/v2/rooms")
  @Produces(MediaType.TEXT_PLAIN)
  public static class RoomsV2Resource extends RoomsResource {}
}
