package emporion.chassis.observation;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Something to ask for. */
@ApplicationScoped
@Path("/fixture")
public class Fixture {
  @GET
  @Path("/{name}")
  @PermitAll
  @Produces(MediaType.TEXT_PLAIN)
  public String hello(@PathParam("name") String name) {
    return "hello";
  }

  @GET
  @Path("/{shelf : [a-z]+}/{number: [0-9]{1,9}}")
  @PermitAll
  @Produces(MediaType.TEXT_PLAIN)
  public String place(@PathParam("shelf") String shelf, @PathParam("number") int number) {
    return "place";
  }
}
