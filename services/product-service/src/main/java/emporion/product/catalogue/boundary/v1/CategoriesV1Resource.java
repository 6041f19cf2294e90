package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Representation;
import emporion.product.catalogue.boundary.CategoriesResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the categories' paths. */
@DeprecatedVersion
@Path("/v1/categories")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class CategoriesV1Resource extends CategoriesResource {
  CategoriesV1Resource() {
    super(new Representation<>("v1", CategoryV1::from));
  }
}
