package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.product.catalogue.boundary.ImportAnswers;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;

/** Files of products, from those who keep them. */
@DeprecatedVersion
@Path("/v1/products/imports")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"catalogue_manager", "admin"})
public class ImportsV1Resource {
  private ImportAnswers answers;

  ImportsV1Resource() {}

  @Inject
  ImportsV1Resource(ImportAnswers answers) {
    this.answers = answers;
  }

  @POST
  @Consumes("text/csv")
  public Response take(
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      InputStream file) {
    return answers.take(key, security, file);
  }
}
