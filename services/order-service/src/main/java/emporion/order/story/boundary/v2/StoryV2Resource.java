package emporion.order.story.boundary.v2;

import emporion.chassis.http.PathId;
import emporion.chassis.problem.Problem;
import emporion.order.story.control.Stories;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** All that is known of an order, in order of time; for staff. */
@Path("/v2/admin/orders/" + PathId.TEMPLATE + "/story")
@ApplicationScoped
@RolesAllowed({"admin", "support"})
@Produces(MediaType.APPLICATION_JSON)
public class StoryV2Resource {
  private Stories stories;

  StoryV2Resource() {}

  @Inject
  StoryV2Resource(Stories stories) {
    this.stories = stories;
  }

  /** What a neighbour can't tell now is named as missing. */
  @GET
  public StoryV2 read(@PathParam("id") UUID id) {
    return stories.find(id).map(StoryV2::from).orElseThrow(() -> Problem.notFound("order"));
  }
}
